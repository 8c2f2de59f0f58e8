"""The financial model as a file: what another program reads in it."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook as Book

from apps.exports.choices import Format
from apps.exports.formats import MAKERS
from apps.exports.forms import ExportForm
from apps.exports.models import Export
from apps.plans import samples
from apps.plans.document import content_hash, restore
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import registry
from tests.exports.conftest import make_order

FIRST, LAST = 8, 43  # the columns of the months
CALCULATING = [section for section in registry if section.workbook]


def written(folder: Path, document: dict[str, Any], language: str = "en", **changes: Any) -> Path:
    target = folder / "export.xlsx"
    order = make_order(document, language, format="xlsx", **changes)
    MAKERS[Format.XLSX].produce(order, target, None, lambda stage, percent: None)
    return target


DOCUMENT = samples.document("foundation_model", "en")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("xlsx"), DOCUMENT, hash=content_hash(DOCUMENT))


@pytest.fixture(scope="module")
def english(file: Path) -> Book:
    """Its formulas."""
    return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def figures(file: Path) -> Book:
    """Its figures, as a program that does not recalculate shows them."""
    return openpyxl.load_workbook(file, data_only=True)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Book:
    document = samples.document("customer_service", "zh-hans")
    return openpyxl.load_workbook(written(tmp_path_factory.mktemp("xlsx"), document, "zh-hans"))


def test_every_formula_carries_the_figure_of_the_model(english: Book, figures: Book):
    contents = restore(DOCUMENT)
    (section,) = CALCULATING
    names = [one.name for one in registry]
    book = section.workbook(contents.section(section.name), names)
    count = 0
    for sheet in book.sheets:
        for (row, column), formula in sheet.formulas().items():
            place = {"row": row + 1, "column": column + 1}
            assert english[sheet.title].cell(**place).value == formula.text
            found = figures[sheet.title].cell(**place).value
            if isinstance(formula.value, Decimal):
                assert abs(Decimal(repr(found)) - formula.value) < Decimal("0.000001")
            elif formula.value == "":
                assert found is None
            count += 1
    assert count > 5000


def test_the_months_stand_in_the_head_as_days(figures: Book):
    sheet = figures["P&L"]
    heads = [sheet.cell(row=4, column=column).value for column in range(FIRST, LAST + 1)]
    assert heads[0] == datetime(2027, 4, 1) and heads[-1] == datetime(2030, 3, 1)
    assert "mmm" in sheet.cell(row=4, column=FIRST).number_format


def test_the_sheets_are_set_up_to_be_read_and_printed(english: Book):
    for sheet in english.worksheets[1:]:
        assert sheet.freeze_panes, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows and sheet.print_title_cols


def test_the_scenario_is_chosen_from_a_list(english: Book):
    book = english
    (rule,) = book["Inputs"].data_validations.dataValidation
    assert (rule.type, str(rule.sqref)) == ("list", "B4")
    assert {"scenario", "opening_cash", "plan_start", "inference_price"} <= set(book.defined_names)


def test_an_input_looks_other_than_a_formula(english: Book):
    sheet = english["Inputs"]
    planned, force = sheet["B8"], sheet["C8"]
    assert planned.data_type == "n" and planned.font.color.rgb == "FF0000C8"
    assert force.data_type == "f" and force.font.color.rgb == "FF1A1A1A"


def test_the_first_sheet_says_of_which_version_it_is(english: Book):
    sheet = english.worksheets[0]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3) if row[0].value}
    assert told["Content hash"] == content_hash(DOCUMENT)
    assert told["Currency"] == "USD"
    assert "illustrative" in told["Note"]


def test_the_chinese_one_is_chinese_throughout(chinese: Book):
    book = chinese
    assert book.sheetnames == [
        "说明", "输入", "情景", "收入", "成本", "融资轮次", "损益", "现金流", "指标", "股权结构",
    ]  # fmt: skip
    sheet = book["损益"]
    assert sheet["A4"].font.name == "Microsoft YaHei"
    assert "年" in sheet.cell(row=4, column=FIRST).number_format


def test_what_people_typed_stays_text(tmp_path: Path):
    document = samples.document("api_vertical", "en")
    hostile = '=cmd|"/c calc"!A1'
    document["plan"]["title"] = hostile
    for part in ("stream", "cost", "round", "holder", "scenario"):
        for row in document["sections"][CALCULATING[0].name][part]:
            row["name"] = hostile
    book = openpyxl.load_workbook(written(tmp_path, document))
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "cmd|" in cell.value
    ]
    assert len(found) > 10 and {cell.data_type for cell in found} == {"s"}
    assert not book.defined_names.get("cmd")


def test_a_year_before_the_spreadsheets_calendar_breaks_nothing(tmp_path: Path):
    document = samples.document("api_vertical", "en")
    document["plan"]["start_month"] = "1850-01-01"
    assert openpyxl.load_workbook(written(tmp_path, document))["Inputs"]["B7"].value == "1850-01-01"


def test_a_file_without_the_model_says_so(tmp_path: Path):
    document = samples.document("api_vertical", "en")
    others = [one.name for one in registry if not one.workbook]
    book = openpyxl.load_workbook(written(tmp_path, document, sections=others))
    assert book.sheetnames == ["About"]
    texts = [cell.value for row in book["About"].iter_rows() for cell in row]
    assert any("not part of this export" in str(text) for text in texts)


# --- Asking for it -------------------------------------------------------------------------------
def form(data: dict[str, Any], **kwargs: Any) -> ExportForm:
    return ExportForm(data, offered=kwargs.pop("offered", list(registry)), **kwargs)


def test_it_asks_for_the_chapter_of_the_model():
    data = {"language": "en", "format": "xlsx"}
    without = form({**data, "sections": [one.name for one in registry if not one.workbook]})
    assert not without.is_valid()
    assert str(CALCULATING[0].title) in without.errors["sections"][0]
    assert form({**data, "sections": [CALCULATING[0].name]}).is_valid()


def test_it_is_not_offered_to_whoever_does_not_see_the_model():
    offered = [one for one in registry if not one.workbook]
    refused = form(
        {"language": "en", "format": "xlsx", "sections": [offered[0].name]}, offered=offered
    )
    assert "format" in refused.errors


def test_a_mentor_from_whom_the_model_is_hidden_cannot_order_it(plan: Plan, as_: Any, woken: Any):
    HiddenSection.objects.create(plan=plan, section=CALCULATING[0].name, role=Role.MENTOR)
    client: Client = as_("mentor")
    data = {"language": "en", "format": "xlsx", "sections": [CALCULATING[0].name]}
    response = client.post(reverse("exports:list", args=[plan.uid]), data)
    assert response.status_code in (403, 422)
    assert not Export.objects.exists()
