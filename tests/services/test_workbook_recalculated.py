"""LibreOffice recalculates the workbook of the financial model to the cent of the product.

openpyxl changes an input and writes the file again, which drops every value that a formula carried:
whatever is read afterwards was calculated. One run of LibreOffice does all files, about 2 s each.
"""

import copy
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from apps.exports.xlsx import maker as xlsx
from apps.funding.outlook import Outlook
from apps.funding.workbook import described
from apps.funding.workbook.scenarios import labelled
from apps.plans import samples
from apps.plans.document import content_hash, restore
from apps.plans.sections import registry
from apps.plans.workbook import Formula, Workbook
from tests.exports.conftest import make_order
from tests.funding.awkward import LACKING, awkward

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not on this machine")
ALL = [section.name for section in registry]
TIME_LIMIT = 300  # seconds, for a machine that is busy with other things
TINY = Decimal("0.000001")
Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Case:
    """``place`` (sheet, label of its row, column) gets the value ``new``; in the product,
    ``change`` does the same to the document. ``course``: which scenario is chosen."""

    sample: str
    language: str = "en"
    course: int = 0
    place: tuple[int, str, int] | None = None
    new: Any = None
    change: Change | None = None


AWKWARD, INCOMPLETE = "awkward", "incomplete"


def document_of(case: Case) -> dict[str, Any]:
    if case.sample in (AWKWARD, INCOMPLETE):
        document = copy.deepcopy(awkward())
        if case.sample == INCOMPLETE:
            document["sections"]["funding"]["stream"].append(LACKING)
        return document
    return copy.deepcopy(samples.document(case.sample, case.language))


def funding(change: Callable[[dict[str, Any]], None]) -> Change:
    return lambda document: change(document["sections"]["funding"])


def dearer(part: dict[str, Any]) -> None:
    part["stream"][0]["price"] = "8123.45"


def poorer(part: dict[str, Any]) -> None:
    part["assumptions"]["opening_cash"] = None


def thirsty(part: dict[str, Any]) -> None:
    part["stream"][0]["tokens"] = None


def later(part: dict[str, Any]) -> None:
    next(row for row in part["round"] if row["name"] == "Series C")["month"] = "2029-02-01"


CASES = {
    "base": Case("customer_service"),
    "high": Case("customer_service", course=2),
    "low, in Chinese": Case("customer_service", "zh-hans", course=1),
    "a loan and other currencies": Case("foundation_model", course=1),
    "bought inference, a stress case": Case("api_vertical", course=3),
    "an awkward plan": Case(AWKWARD),
    "an awkward plan, late": Case(AWKWARD, course=1),
    "another price": Case("customer_service", place=(1, "Price", 2), new=8123.45,
                          change=funding(dearer)),
    "unknown cash": Case("api_vertical", place=(1, "Cash at the start of the plan", 2), new=None,
                         change=funding(poorer)),
    "a stream that lacks what it earns": Case(INCOMPLETE),
    "unknown tokens": Case("api_vertical", place=(1, "Tokens per customer and month", 2), new=None,
                           change=funding(thirsty)),
    "a later round": Case("foundation_model", place=(5, "Series C", 5), new=datetime(2029, 2, 1),
                          change=funding(later)),
}  # fmt: skip


def row_of(sheet: Any, label: str) -> int:
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == label)


def prepare(case: Case, target: Path) -> None:
    document = document_of(case)
    order = make_order(document, case.language, hash=content_hash(document))
    xlsx.produce(order, target, None, lambda stage, percent: None)
    book = openpyxl.load_workbook(target)
    with translation.override(case.language):
        book.worksheets[1]["B4"] = courses(Outlook(restore(document)))[case.course]
    if case.place:
        number, label, column = case.place
        sheet = book.worksheets[number]
        sheet.cell(row=row_of(sheet, label), column=column).value = case.new
    book.save(target)


def courses(outlook: Outlook) -> list[str]:
    return [label for label, _one in labelled(outlook)]


def expected(case: Case) -> Workbook:
    """What the product makes of the same change."""
    document = document_of(case)
    if case.change:
        case.change(document)
    with translation.override(case.language):
        outlook = Outlook(restore(document))
        return described(outlook, courses(outlook)[case.course], ALL)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the files that LibreOffice wrote, by the number of their case."""
    folder = tmp_path_factory.mktemp("workbooks")
    files = [folder / f"{number}.xlsx" for number in range(len(CASES))]
    for case, file in zip(CASES.values(), files, strict=True):
        prepare(case, file)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", "xlsx", "--outdir", folder / "out"]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=TIME_LIMIT)
    yield folder / "out"


def same(found: Any, value: Any) -> bool:
    """To the cent and beyond; unknown is empty."""
    if value == "":
        return found in (None, "")
    if isinstance(value, date):
        return isinstance(found, datetime) and found.date() == value
    if isinstance(value, str):
        return found == value
    return isinstance(found, int | float) and abs(Decimal(repr(found)) - value) <= max(
        TINY, abs(value) * Decimal("1e-12")
    )


def different(sheet: Any, formulas: dict[tuple[int, int], Formula]) -> dict[str, tuple[Any, Any]]:
    found = {}
    for (row, column), formula in formulas.items():
        cell = sheet.cell(row=row + 1, column=column + 1)
        if not same(cell.value, formula.value):
            found[f"{sheet.title} {cell.coordinate} {formula.text}"] = (cell.value, formula.value)
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_formula_comes_to_what_the_product_says(recalculated: Path, name: str):
    number, case = list(CASES).index(name), CASES[name]
    book = openpyxl.load_workbook(recalculated / f"{number}.xlsx", data_only=True)
    wrong, count = {}, 0
    # What the plan came to when the file was made does not move, so neither does its difference.
    fixed = 2 if case.change else None
    for at, sheet in enumerate(expected(case).sheets, start=1):
        formulas = sheet.formulas() if at != fixed else {}
        wrong |= different(book.worksheets[at], formulas)
        count += len(formulas)
    assert count > 3000
    assert not wrong
