"""The company's logo and colour in its documents: what may be uploaded, and how it is printed.

A logo is decoded and written anew, so that nothing of a hostile file reaches a document. Pure.
"""

import base64
import io
import re
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_UPLOAD = 5_000_000  # bytes
MAX_PIXELS = 25_000_000  # what decoding may need: 100 MB
LOGO_BOX = (1200, 400)  # what is kept: 60 by 20 mm at 500 dpi
LOGO_SCHEME = "logo:"  # in print: the picture's own bytes, see fetcher.py

HEX = re.compile(r"#[0-9a-f]{6}")
WHITE = 1.0  # relative luminance of the paper
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of small text
DARKER = 0.78


def clean_logo(upload: BinaryIO) -> bytes:
    """The picture as a PNG of at most ``LOGO_BOX`` pixels; a ValidationError says what to do."""
    if _size(upload) > MAX_UPLOAD:
        raise ValidationError(_("The file is larger than 5 MB. Save the logo smaller."))
    try:
        picture = Image.open(upload, formats=FORMATS)
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise ValidationError(
                _("The picture has more than 25 million pixels. Save the logo at most 1,200 "
                  "pixels wide.")
            )  # fmt: skip
        picture.draft("RGB", LOGO_BOX)  # a JPEG is decoded no larger than need be
        drawn = ImageOps.exif_transpose(picture).convert("RGBA")
        drawn.thumbnail(LOGO_BOX)
        made = io.BytesIO()
        drawn.save(made, "PNG", optimize=True)
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This is no picture that can be printed. Choose a PNG, JPEG or WebP file; save an "
              "SVG as PNG first.")
        ) from error  # fmt: skip
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This picture is damaged. Open it in a drawing program, save it anew and try again.")
        ) from error
    return made.getvalue()


def _size(upload: BinaryIO) -> int:
    size = upload.seek(0, io.SEEK_END)
    upload.seek(0)
    return size


def clean_accent(value: str) -> str:
    """A colour that can be read on white, as "#rrggbb"; "" for ours."""
    value = value.strip().lower()
    if not value:
        return ""
    if not HEX.fullmatch(value):
        raise ValidationError(_("Write the colour as # and six digits, for example #1b50c7."))
    if contrast_on_white(value) < READABLE:
        raise ValidationError(
            _("Headings in this colour would be hard to read on white paper. Choose a darker one.")
        )
    return value


def contrast_on_white(colour: str) -> float:
    """1 to 21. WCAG 2.2, "contrast ratio" and "relative luminance"."""
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (part / 255 for part in _channels(colour))
    ]
    luminance = sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return (WHITE + 0.05) / (luminance + 0.05)


def darker(colour: str) -> str:
    return "#" + "".join(f"{round(part * DARKER):02x}" for part in _channels(colour))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def order_of(look: Any) -> dict[str, str]:
    """What the renderer gets to know of a plan's look (None: there is none)."""
    logo = bytes(look.logo) if look and look.logo else b""
    return {
        "accent": look.accent if look else "",
        "logo": base64.b64encode(logo).decode(),
    }


def printed(order: dict[str, Any]) -> dict[str, str]:
    """What the print templates show of it."""
    accent, logo = order.get("accent", ""), order.get("logo", "")
    return {
        "accent": accent,
        "accent_dark": darker(accent) if accent else "",
        "logo": LOGO_SCHEME + logo if logo else "",
    }
