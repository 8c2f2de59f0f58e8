"""A long table is edited a page at a time: five hundred rows at once take seconds. Used by the
editor's views."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator

ROWS = 100  # on a page
ALL = "all"  # for whoever searches with the browser, or prints


def is_long(rows: Sequence[Any]) -> bool:
    return len(rows) > ROWS


def page_number(number: int) -> str:
    """The page of the row that stands ``number``th; "" for the first."""
    page = (number - 1) // ROWS + 1
    return str(page) if page > 1 else ""


def rows_page(rows: Sequence[Any], *, page: str = "", row: str = "") -> Page:
    """The page with the row of uid ``row``; else the one asked for, the nearest there is."""
    if page == ALL:
        return Paginator(rows, max(len(rows), 1)).page(1)
    page = next((page_number(one.number) for one in rows if one.uid == row), page)
    return Paginator(rows, ROWS).get_page(page)
