"""The financial model as a workbook: what it describes, before any file is written. That its
formulas come to the same figures is proved in tests/services/test_workbook_recalculated.py."""

import copy
import re
from decimal import Decimal

import pytest

from apps.funding.inputs import MONTHS
from apps.funding.outlook import Outlook
from apps.funding.statements import cash_lines, income_lines
from apps.funding.workbook import described, workbook
from apps.funding.workbook.draft import FIRST
from apps.funding.workbook.scenarios import labelled
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.samples import document, names
from apps.plans.sections import registry
from apps.plans.workbook import FORMS, Cell, Formula, Sheet, Workbook, address
from tests.funding.awkward import awkward
from tests.funding.conftest import contents_of

ALL = [section.name for section in registry]
STREAM = {"uid": "a", "name": "A", "pricing": "subscription", "price": "100", "customers": "10"}


def book_of(contents: Contents, told: list[str] = ALL) -> Workbook:
    return workbook(contents.section("funding"), told)


def sheet_of(book: Workbook, title: str) -> Sheet:
    return next(sheet for sheet in book.sheets if sheet.title == title)


def line(sheet: Sheet, label: str) -> list[Cell]:
    """The months of the first row with this label."""
    rows = [
        row for (row, column), cell in sheet.cells.items() if not column and cell.value == label
    ]
    return [sheet.cells[min(rows), FIRST + month] for month in range(MONTHS)]


def texts(book: Workbook) -> set[str]:
    return {c.value for s in book.sheets for c in s.cells.values() if isinstance(c.value, str)}


@pytest.fixture(params=[*names(), "awkward"])
def contents(request: pytest.FixtureRequest) -> Contents:
    if request.param == "awkward":
        return restore(awkward())
    return restore(copy.deepcopy(document(request.param, "en")))


# --- Statements ----------------------------------------------------------------------------------
def test_every_month_of_the_statements_is_a_formula_with_the_value_of_the_model(contents):
    book, outlook = book_of(contents), Outlook(contents)
    for title, lines in (("P&L", income_lines(outlook)), ("Cash flow", cash_lines(outlook))):
        for one in lines:
            cells = line(sheet_of(book, title), one.label)
            assert all(isinstance(cell.value, Formula) for cell in cells), one.label
            assert [cell.value.value for cell in cells] == list(one.months), one.label


def test_no_formula_is_a_figure_in_disguise(contents):
    """Each reads a cell or a name; "=0" is the sum of no lines at all."""
    for sheet in book_of(contents).sheets:
        for place, formula in sheet.formulas().items():
            reads = re.search(r"\$?[A-Z]{1,2}\$?\d|[a-z]+_[a-z]+|scenario", formula.text)
            empty = formula == Formula("=0", 0)
            assert reads or empty, (sheet.title, address(*place), formula.text)


def test_formulas_refer_to_what_there_is(contents):
    book = book_of(contents)
    titles = {sheet.title for sheet in book.sheets}
    for place in book.names.values():
        title, _bang, cell = place.partition("!")
        sheet = sheet_of(book, title.strip("'"))
        assert cell.replace("$", "") in {address(*at) for at in sheet.cells}
    for sheet in book.sheets:
        for formula in sheet.formulas().values():
            assert set(re.findall(r"'([^']+)'!", formula.text)) <= titles
            words = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", re.sub(r'"[^"]*"', "", formula.text)))
            assert words <= set(book.names), formula.text


def test_the_description_is_pure_and_plain(contents):
    first, second = book_of(contents), book_of(contents)
    assert first == second
    for sheet in first.sheets:
        for cell in sheet.cells.values():
            assert cell.style.form in FORMS
            value = cell.value.value if isinstance(cell.value, Formula) else cell.value
            assert not isinstance(value, float)


def test_another_scenario_changes_only_the_selector_and_what_follows(contents):
    outlook = Outlook(contents)
    labels = [label for label, _one in labelled(outlook)]
    base, other = (described(outlook, label, ALL) for label in labels[:2])
    changed = {
        (sheet.title, at)
        for sheet, twin in zip(base.sheets, other.sheets, strict=True)
        for at, cell in sheet.cells.items()
        if not isinstance(cell.value, Formula) and cell != twin.cells[at]
    }
    assert changed == {("Inputs", (3, 1))}


def test_metrics_and_cap_table_are_those_of_the_page(english):
    book, outlook = book_of(english), Outlook(english)
    table = sheet_of(book, "Cap table")
    for row, (name, stakes) in enumerate(outlook.ownership.rows, start=4):
        assert table.cells[row, 0].value == name
        found = [table.cells[row, 2 + at].value.value for at in range(len(stakes))]
        assert found == [stake / 100 for stake in stakes]


# --- Unknown -------------------------------------------------------------------------------------
def test_what_is_unknown_is_empty_and_says_so():
    book = book_of(contents_of(stream=[{**STREAM, "tokens": "5"}]))
    inputs = sheet_of(book, "Inputs")
    empty = [cell for cell in inputs.cells.values() if cell.style.input and cell.value is None]
    assert empty and all(cell.note for cell in empty)
    assert {cell.value.value for cell in line(sheet_of(book, "P&L"), "Gross profit")} == {""}
    assert {cell.value.value for cell in line(sheet_of(book, "Cash flow"), "Closing cash")} == {""}
    revenue = line(sheet_of(book, "P&L"), "Revenue")
    assert revenue[0].value.value == 1000


def test_a_cost_without_an_amount_is_empty_and_not_zero():
    book = book_of(contents_of(cost=[{"uid": "c", "name": "Rent", "category": "general"}]))
    costs = sheet_of(book, "Costs")
    assert {cell.value.value for cell in line(costs, "Rent")} == {""}
    assert any(cell.note and cell.value is None for cell in costs.cells.values())


def test_a_plan_with_nothing_in_it_has_a_workbook_of_nothing():
    book = book_of(contents_of())
    assert {cell.value.value for cell in line(sheet_of(book, "P&L"), "Revenue")} == {0}


# --- What people typed ---------------------------------------------------------------------------
def test_what_people_typed_is_never_a_formula():
    hostile = '=HYPERLINK("http://example.com","x")'
    book = book_of(
        contents_of(
            stream=[{**STREAM, "name": hostile}],
            cost=[{"uid": "c", "name": hostile, "amount": "1"}],
            round=[{"uid": "r", "name": hostile, "amount": "1", "month": "2027-02-01"}],
            scenario=[{"uid": "s", "name": hostile, "price": "2"}],
        )
    )
    for sheet in book.sheets:
        for formula in sheet.formulas().values():
            assert "HYPERLINK" not in formula.text
    assert hostile in texts(book)


def test_scenarios_of_one_name_can_be_told_apart():
    twice = [
        {"uid": one, "name": "Same", "price": price} for one, price in (("s", "2"), ("t", "3"))
    ]
    outlook = Outlook(contents_of(stream=[STREAM], scenario=twice))
    labels = [label for label, _one in labelled(outlook)]
    assert len(set(labels)) == len(labels)
    assert {"Same", "Same (2)"} <= set(labels)


# --- What a reader may know ----------------------------------------------------------------------
def test_rows_of_sections_that_are_not_told_stand_in_sums_alone(english):
    roles = {str(row) for row in english.part("team.role")}
    assert roles & texts(book_of(english))
    told = book_of(english, ["funding"])
    assert not roles & texts(told)
    payroll = [cell.value.value for cell in line(sheet_of(told, "P&L"), "Payroll")]
    assert payroll == list(Outlook(english).base.costs["running", "payroll"])


def test_a_hidden_section_is_not_counted():
    sample = copy.deepcopy(document("customer_service", "en"))
    hidden = restore(sample, hidden=frozenset({"team"}))
    book = book_of(hidden)
    assert any("Team" in note for note in book.notes)
    assert not {str(row) for row in restore(sample).part("team.role")} & texts(book)


def test_a_kind_that_is_left_out_is_listed_and_switched_off():
    sample = copy.deepcopy(document("customer_service", "en"))
    sample["sections"]["funding"]["declared"] = {"left_out": ["training"]}
    costs = sheet_of(book_of(restore(sample)), "Costs")
    assert {cell.value.value for cell in line(costs, "Training of people, together")} == {0}
    switches = {cell.value for (row, column), cell in costs.cells.items()
                if column == 2 and cell.style.input}  # fmt: skip
    assert switches == {0, 1}


def test_a_steady_cost_is_told_by_amount_and_months():
    """So that a reader can move it; one that changes is told month by month."""
    costs = sheet_of(book_of(restore(copy.deepcopy(document("customer_service", "en")))), "Costs")
    amounts = [cell for (_row, column), cell in costs.cells.items()
               if column == 3 and cell.style.input and isinstance(cell.value, Decimal)]  # fmt: skip
    by_month = [cell for (_row, column), cell in costs.cells.items()
                if column >= FIRST and cell.style.input]  # fmt: skip
    assert len(amounts) > 20 and by_month
