"""The charts of a Word document: each inline SVG as a PNG, drawn by what prints the PDF.

Used by docx.py alone. A page of HTML with one picture a page is laid out once: so letters, also
Chinese ones, are in our font whatever the reader's machine has.
"""

import base64
import io
import re
from dataclasses import dataclass
from html import unescape

import pypdfium2
from PIL import Image
from weasyprint import HTML

from apps.exports.glyphs import drawable
from apps.exports.look import LOGO_SCHEME
from apps.exports.render import Printer

SVG = re.compile(r"<svg\b([^>]*)>.*?</svg>", re.DOTALL)
SIZE = re.compile(r'\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
SHOWN_SIZE = re.compile(r'\b(width|height)="([\d.]+)"')
NAME = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
DETAIL = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)
MILLIMETRE = 25.4 / 96  # of a CSS pixel
DPI = 200
LOGO_BOX = (60.0, 20.0)  # millimetres
COLORS = 256  # charts are drawn in few
SHEET = "html { line-height: 0 } body { margin: 0 } svg { display: block }"


def logo_of(source: str) -> tuple[bytes, tuple[float, float]]:
    """The company's logo, which look.py has made a PNG, and its size in millimetres."""
    png = base64.b64decode(source.removeprefix(LOGO_SCHEME), validate=True)
    with Image.open(io.BytesIO(png), formats=("PNG",)) as logo:
        width, height = (side * MILLIMETRE for side in logo.size)
    scale = min(1.0, LOGO_BOX[0] / width, LOGO_BOX[1] / height)
    return png, (width * scale, height * scale)


@dataclass(frozen=True)
class Picture:
    svg: str
    width: float  # millimetres, as large as it was drawn
    height: float
    name: str
    detail: str

    @property
    def is_decoration(self) -> bool:
        return not self.name

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """As large as it may be within the box; never larger than it was drawn."""
        scale = min(1.0, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def taken_out(html: str) -> tuple[str, list[Picture]]:
    """The HTML with ``<img data-picture="0">`` in place of each SVG, and those."""
    pictures: list[Picture] = []

    def take(match: re.Match[str]) -> str:
        pictures.append(picture(match[0], match[1]))
        return f'<img data-picture="{len(pictures) - 1}">'

    return SVG.sub(take, html), pictures


def picture(svg: str, attributes: str) -> Picture:
    shown = {name: float(value) for name, value in SHOWN_SIZE.findall(attributes)}
    box = SIZE.search(attributes)
    width = shown.get("width") or (float(box[1]) if box else 300)
    height = shown.get("height") or (float(box[2]) if box else 150)
    name, detail = NAME.search(svg), DETAIL.search(svg)
    return Picture(
        svg, width * MILLIMETRE, height * MILLIMETRE,
        unescape(name[1]).strip() if name else "", unescape(detail[1]).strip() if detail else "",
    )  # fmt: skip


def draw(
    pictures: list[Picture], sizes: list[tuple[float, float]], printer: Printer
) -> tuple[list[bytes], str]:
    """A PNG of each picture for its size in millimetres; and the letters that no font has."""
    if not pictures:
        return [], ""
    pages = "".join(
        f'<div style="page: p{at}">{picture.svg}</div>' for at, picture in enumerate(pictures)
    )
    rules = "".join(
        f"@page p{at} {{ size: {picture.width:.3f}mm {picture.height:.3f}mm; margin: 0 }}"
        for at, picture in enumerate(pictures)
    )
    html, left_out = drawable(f'<html lang="en"><style>{SHEET}{rules}</style>{pages}')
    pdf = HTML(string=html, base_url="static:", url_fetcher=printer.fetcher).write_pdf(
        font_config=printer.fonts
    )
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = [
            png_of(document[at], size[0] / picture.width)
            for at, (picture, size) in enumerate(zip(pictures, sizes, strict=True))
        ]
    finally:
        document.close()
    return drawn, left_out


def png_of(page: pypdfium2.PdfPage, scale: float) -> bytes:
    image = page.render(scale=scale * DPI / 72).to_pil().convert("RGB")
    page.close()
    file = io.BytesIO()
    few = image.quantize(COLORS, method=Image.Quantize.FASTOCTREE)
    # The paper comes out of it as a very light grey.
    palette = few.getpalette() or []
    colors = zip(palette[::3], palette[1::3], palette[2::3], strict=True)
    few.putpalette([part for color in colors for part in whitened(color)])
    few.save(file, "PNG", dpi=(DPI, DPI))
    return file.getvalue()


def whitened(color: tuple[int, int, int]) -> tuple[int, int, int]:
    return (255, 255, 255) if min(color) >= 250 else color
