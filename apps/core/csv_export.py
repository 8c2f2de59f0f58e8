"""Rows as a CSV file that spreadsheets open as meant. Used by any view that exports a list."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

BOM = "\ufeff"  # or Excel takes UTF-8 for the local code page
# What a spreadsheet may run as a formula; the full-width forms of the signs too.
FORMULA = re.compile(r"[\s]*[=+\-@|＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def safe(value: Any) -> str:
    """Text that stays text: an apostrophe before what would be run as a formula."""
    text = str(value)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def csv_response(rows: Iterable[Iterable[Any]], filename: str) -> StreamingHttpResponse:
    """Sent row by row: no list is too long."""
    response = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
