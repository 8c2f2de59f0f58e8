"""The same plan by other printers: ``python -m tests.bench.bench_others [rounds] [language]``.

The full edition of the sample by bare warm WeasyPrint, by headless Chromium (warm: the browser
runs, the page is loaded and printed) and by Typst (cold: one process a document, as its command
line has it). Chromium reads the very HTML and style sheet; Typst gets the same headings,
paragraphs, lists, tables and pictures from them in its own default look, since it reads no CSS, so
its page count is its own. Processor seconds of all processes of each, in one run. Typst is no
dependency of the product: name a Python that has it in ``TYPST_PYTHON``, else it is left out.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.bench.process_tree import seconds
from tests.bench.product import ROOT, product

XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
HEADINGS = {f"h{level}": level for level in range(1, 5)}
TEXTS = ("p", "dt", "dd", "li", "figcaption", "caption", "summary", "blockquote")


def main(rounds: int = 3, language: str = "en") -> None:
    with product(database=False), tempfile.TemporaryDirectory() as name:
        from apps.exports.render import render_html
        from apps.plans import samples
        from tests.exports.conftest import make_order

        document = samples.document("customer_service", language)
        html = render_html(make_order(document, language))
        ours = show("WeasyPrint, warm, bare write_pdf", weasyprint(html, Path(name)), rounds)
        show("Chromium, warm", chromium(html, Path(name)), rounds, ours)
        if python := os.environ.get("TYPST_PYTHON"):
            show("Typst, cold", typst(html, Path(name), python), rounds, ours)


def show(who: str, prints: Iterator[tuple[float, Path]], rounds: int, ours: float = 0) -> float:
    """Median processor seconds of the rounds after the first."""
    taken, path = [], Path()
    for _ in range(rounds + 1):
        spent, path = next(prints)
        taken.append(spent)
    prints.close()  # type: ignore[attr-defined]
    middle = statistics.median(taken[1:])
    over = f", {middle / ours:.2f} of WeasyPrint" if ours else ""
    print(
        f"{who}: CPU {middle:.2f} s{over}; {pages(path)} pages, {path.stat().st_size:,} bytes; "
        f"every round {[round(one, 2) for one in taken]}",
        flush=True,
    )
    return middle


def pages(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def weasyprint(html: str, folder: Path) -> Iterator[tuple[float, Path]]:
    from tests.bench.bench_pdf import BareWeasyPrint

    bare, path = BareWeasyPrint(), folder / "weasyprint.pdf"
    while True:
        begin = time.process_time()
        bare.write(html, path)
        yield time.process_time() - begin, path


def chromium(html: str, folder: Path) -> Iterator[tuple[float, Path]]:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, QUIET

    installed = next(path for path in CHROMIUM if os.path.exists(path))
    source, path = folder / "plan.html", folder / "chromium.pdf"
    source.write_text(html.replace("static:", (ROOT / "static").as_uri() + "/"))
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=installed, args=QUIET)
        page = browser.new_page()
        while True:
            before = _of_the_children()
            page.goto(source.as_uri())
            page.pdf(path=path, prefer_css_page_size=True, tagged=True, outline=True)
            yield _of_the_children() - before, path


def _of_the_children() -> float:
    return seconds(os.getpid()) - time.process_time()


def typst(html: str, folder: Path, python: str) -> Iterator[tuple[float, Path]]:
    source, path = folder / "plan.typ", folder / "typst.pdf"
    source.write_text(Typst(folder).source(html))
    fonts = os.environ["FONTS_DIR"]
    code = f"import typst; typst.compile({str(source)!r}, {str(path)!r}, font_paths=[{fonts!r}])"
    while True:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([python, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
        yield spent, path


class Typst:
    """The content of the HTML as Typst source; pictures are files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pictures = folder, 0
        self.makers: dict[str, Callable[[Any], str]] = {
            "table": self.table, "svg": self.picture, "head": lambda node: "",
            **dict.fromkeys(HEADINGS, self.heading), **dict.fromkeys(TEXTS, self.paragraph),
        }  # fmt: skip

    def source(self, html: str) -> str:
        import tinyhtml5

        look = '#set text(font: "Noto Sans SC", size: 9pt)\n#set page(numbering: "1")\n#outline()\n'
        return look + self.of(tinyhtml5.parse(html))

    def of(self, node: Any) -> str:
        if not isinstance(node.tag, str):
            return ""
        make = self.makers.get(node.tag.rpartition("}")[2])
        return make(node) if make else "".join(map(self.of, node))

    def heading(self, node: Any) -> str:
        level = HEADINGS[node.tag.rpartition("}")[2]]
        return f"#heading(level: {level}, {text(node)})\n\n"

    def paragraph(self, node: Any) -> str:
        inside = "".join(self.of(child) for child in node if child.tag == f"{SVG}svg")
        return f"#{text(node)}\n\n{inside}"

    def table(self, node: Any) -> str:
        rows = [list(row) for row in node.iter(f"{XHTML}tr")]
        columns = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
        cells = [
            f"table.cell(colspan: {cell.get('colspan', 1)}, rowspan: {cell.get('rowspan', 1)}, "
            f"{text(cell)})"
            for row in rows
            for cell in row
        ]
        return f"#table(columns: {columns}, {', '.join(cells)})\n\n"

    def picture(self, node: Any) -> str:
        self.pictures += 1
        # To HTML it is an attribute, to XML a declaration, which would stand there twice.
        node.attrib.pop("{http://www.w3.org/2000/xmlns/}xmlns", None)
        ElementTree.register_namespace("", SVG[1:-1])
        picture = ElementTree.tostring(node, "unicode").removesuffix(node.tail or "")
        (self.folder / f"{self.pictures}.svg").write_text(picture)
        return f'#image("{self.pictures}.svg", width: 100%)\n\n'


def text(node: Any) -> str:
    """All text below the node as a Typst string."""
    words = " ".join("".join(node.itertext()).split())
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:3])
