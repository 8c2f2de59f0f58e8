"""Who makes each format of an export: one function each, run in the renderer process.

``produce(order, target, tools, progress) -> Printed``: the order is what job.order() made of the
export, the target the file to write, the tools what the process keeps between jobs. A format is one
entry here and one in choices.Format.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from apps.exports.choices import Edition, Format


@dataclass(frozen=True)
class Maker:
    mime: str
    module: str  # imported in the renderer alone: WeasyPrint takes a second

    def produce(self, order: dict[str, Any], *args: Any) -> Any:
        one_page = self is MAKERS[Format.PDF] and order["edition"] == Edition.ONE_PAGE
        produce: Callable[..., Any] = import_module(ONE_PAGE if one_page else self.module).produce
        return produce(order, *args)


ONE_PAGE = "apps.exports.onepage"  # the edition that is made in its own way
OFFICE = "application/vnd.openxmlformats-officedocument"
MAKERS = {
    Format.PDF: Maker("application/pdf", "apps.exports.pdf"),
    Format.DOCX: Maker(f"{OFFICE}.wordprocessingml.document", "apps.exports.docx.maker"),
    Format.XLSX: Maker(f"{OFFICE}.spreadsheetml.sheet", "apps.exports.xlsx.maker"),
}
