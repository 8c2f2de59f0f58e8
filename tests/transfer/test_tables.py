"""A table as CSV: what goes out comes in again, and whatever comes in is looked at row by row."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.plans import services
from apps.plans.contents import load
from apps.plans.document import dump
from apps.plans.models import Activity, Plan, Verb
from apps.plans.sections import Part, Section, registry
from apps.transfer.cells import guarded, unguarded
from apps.transfer.rows import RowImport
from apps.transfer.tables import read_csv, write_csv
from tests.conftest import all_parts
from tests.plans.conftest import SEGMENT, names, save, stored
from tests.plans.pages import text_of
from tests.sections import LANGUAGES, SAMPLES, fill, sample_contents
from tests.transfer.conftest import document_of, uploaded, url

TABLES = [one for one in all_parts() if one.values[1].is_table]
PART = registry.part(SEGMENT)[1]


def look(client: Client, plan: Plan, text: str, path: str = SEGMENT, **more: Any) -> Any:
    return client.post(url("import_table", plan, path), {"text": text, **more})


def take(client: Client, plan: Plan, text: str, path: str = SEGMENT) -> Any:
    """Look at the table and import it."""
    asked = look(client, plan, text, path)
    assert asked.status_code == 200, text_of(asked)
    return look(client, plan, text, path, **seen(asked), apply="yes")


def seen(asked: Any) -> dict[str, str]:
    return {name: asked.context[name] for name in ("seen", "revisions")}


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# --- Out -----------------------------------------------------------------------------------------
def test_the_download_is_what_excel_opens(sample_plan: Plan, founder: Client) -> None:
    answer = founder.get(url("table", sample_plan, SEGMENT))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "Segments.csv" in answer["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heads, *rows = cells(answer.content.decode("utf-8-sig"))
    assert heads[0] == "Name of the segment [name]" and heads[-1].endswith("[uid]")
    segments = load(sample_plan).part(SEGMENT)
    assert [row[-1] for row in rows] == [segment.uid for segment in segments]
    acv = next(index for index, head in enumerate(heads) if head.endswith("[acv]"))
    assert [Decimal(row[acv]) for row in rows] == [segment.acv for segment in segments]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "part"), TABLES)
def test_an_untouched_table_changes_nothing(section: Section, part: Part, language: str) -> None:
    path = f"{section.name}.{part.name}"
    for sample in SAMPLES:
        if not sample_contents(language, sample).part(path):
            continue
        with translation.override(language):
            text = write_csv(sample_contents(language, sample), part, path)
        for reader in LANGUAGES:  # headings and labels of the other language are known too
            contents = sample_contents(language, sample)
            with translation.override(language):
                made = RowImport(
                    section=section, part=part, contents=contents, table=read_csv(text, part)
                )
            assert set(made.counts) <= {"unchanged"}, (reader, [r.errors for r in made.rows])


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "part"), TABLES)
def test_a_table_comes_back_into_a_plan_without_it(
    section: Section, part: Part, language: str, owner: Any, as_: Any
) -> None:
    """Every cell is read anew, by the form: the same rows come out, but for their evidence."""
    path = f"{section.name}.{part.name}"
    contents = sample_contents(language)
    with translation.override(language):
        text = write_csv(contents, part, path)
    document = dump(contents)
    rows = document["sections"][section.name][part.name]
    document["sections"][section.name][part.name] = []
    plan = services.create_plan(by=owner, document=document)
    for row in rows:
        row.pop("evidence", None)
    own = {name for name in part.fields if getattr(part.model_field(name), "target", "") == path}
    assert take(as_("owner"), plan, text, path).status_code == 302
    after = document_of(plan)["sections"][section.name][part.name]
    assert [{**row, **dict.fromkeys(own)} for row in after] == [
        {**row, **dict.fromkeys(own)} for row in rows
    ]
    assert after == rows


def test_a_name_from_a_hidden_section_is_not_given_away(sample_plan: Plan, as_: Any) -> None:
    sample_plan.hidden_sections.create(section="team", role="mentor")
    client = as_("mentor")
    role = load(sample_plan).part("team.role")[0]
    milestones = client.get(url("table", sample_plan, "projects.milestone")).content.decode()
    assert role.title not in milestones and f"[{role.uid}]" in milestones
    assert client.get(url("table", sample_plan, "team.role")).status_code == 404


EVIL = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'=1",
    "''=1",
    "'quoted'",
    "- a list",
]


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula_and_every_text_comes_back(
    text: str, plan: Plan, segment: Any, owner: Any, founder: Client
) -> None:
    save(plan, SEGMENT, owner, record=stored(segment), behavioural=text, growth=-5)
    content = founder.get(url("table", plan, SEGMENT)).content.decode("utf-8-sig")
    heads, row = cells(content)
    for cell in [*heads, *row]:
        assert not cell or (cell[0] not in "=+@\t\r＝" and (cell[0] != "-" or cell == "-5"))
    services.delete_row(section=registry["market"], part=PART, row=stored(segment), by=owner)
    assert take(founder, plan, content).status_code == 302
    assert load(plan).part(SEGMENT)[0].behavioural.strip() == text.strip()


@given(text=st.text())
def test_the_guard_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}


# --- In ------------------------------------------------------------------------------------------
def test_rows_are_matched_shown_and_taken(
    plan: Plan, segment: Any, owner: Any, founder: Client
) -> None:
    save(plan, SEGMENT, owner, name="Clinics", acv=10)
    text = "name,acv,pain\nShops,1200.50,5\nClinics,10,\nFarms,,2\n"
    asked = look(founder, plan, text)
    assert names(plan) == ["Shops", "Clinics"]
    assert dict(asked.context["made"].counts) == {"changed": 1, "unchanged": 1, "added": 1}
    assert "1,200.50" in text_of(asked).replace("1,200.5 ", "1,200.50 ")
    done = look(founder, plan, text, **seen(asked), apply="yes")
    assert done["Location"].endswith("/market/edit/?part=segment")
    assert names(plan) == ["Shops", "Clinics", "Farms"]
    row = stored(segment)
    assert (row.acv, row.pain, row.behavioural, row.revision) == (
        Decimal("1200.50"), 5, "They chat at night.", 2
    )  # fmt: skip
    verbs = list(Activity.objects.filter(plan=plan).values_list("verb", flat=True))
    assert verbs.count(Verb.IMPORTED) == 1 and Verb.EDITED in verbs
    edited = Activity.objects.get(plan=plan, verb=Verb.EDITED)
    assert edited.changes["acv"] == [None, "1200.5"] and edited.revision == 2


def test_one_mistake_and_nothing_is_taken(plan: Plan, founder: Client) -> None:
    text = "name;acv;pain;targeting\nShops;1;2;\nFarms;many;9;never\n;5;;\n"
    answer = look(founder, plan, text, apply="yes", seen="", revisions="{}")
    assert answer.status_code == 422 and names(plan) == []
    made = answer.context["made"]
    assert [row.state for row in made.rows] == ["added", "refused", "refused"]
    errors = {cell.label: cell.errors for cell in made.rows[1].cells}
    assert errors["Annual contract value"] == ["Enter a number."]
    assert "is not one of the available choices" in errors["Severity of the pain"][0]
    assert "“never” is not offered. Write one of: " in errors["Targeting"][0]
    assert "This field is required." in str(made.rows[2].errors)
    assert "Farms;many;9;never" in answer.content.decode()  # to be corrected on the page


def test_evidence_and_fields_without_a_column_stay(sample_plan: Plan, founder: Client) -> None:
    before = load(sample_plan).part(SEGMENT)[0]
    assert before.evidence
    assert take(founder, sample_plan, f"uid\tname\n{before.uid}\tRenamed\n").status_code == 302
    after = stored(before)
    assert after.name == "Renamed" and after.evidence == before.evidence
    assert after.ratings == before.ratings


@pytest.mark.parametrize(
    "heading", ["ID", "id", "uid", "Row ID, leave as it is", "行 ID，请勿改动"]
)
def test_the_column_of_ids_may_be_called_by_what_people_call_it(
    heading: str, plan: Plan, segment: Any, founder: Client
) -> None:
    text = f'"{heading}",name\n{segment.uid},Renamed\n'
    assert take(founder, plan, text).status_code == 302
    assert names(plan) == ["Renamed"] and stored(segment).uid == segment.uid


def test_what_spreadsheets_make_of_values_is_read(plan: Plan, founder: Client) -> None:
    text = (
        "Title [title]\tStart [start]\tDue [due]\n"
        "Pilot\t2027/1/5\t2027年2月28日\n"
        "Launch\t2027.3.1\t2027-04-30\n"
    )
    assert take(founder, plan, text, "projects.milestone").status_code == 302
    days = [(str(row.start), str(row.due)) for row in load(plan).part("projects.milestone")]
    assert days == [("2027-01-05", "2027-02-28"), ("2027-03-01", "2027-04-30")]
    money = 'name,acv,reachable\nA,"¥1,234,567.80",12.5%\nB," 99 ",５\n'
    assert take(founder, plan, money).status_code == 302
    first, second = load(plan).part(SEGMENT)
    assert (first.acv, first.reachable) == (Decimal("1234567.80"), Decimal("12.5"))
    assert (second.acv, second.reachable) == (99, 5)


@pytest.mark.parametrize("month", ["2027-03", "2027/3", "2027年3月", "3/1/2027", "1/3/2027"])
def test_a_month_is_read_however_it_is_written(month: str, plan: Plan, founder: Client) -> None:
    text = f"name,start\nRent,{month}\n"
    assert take(founder, plan, text, "funding.cost").status_code == 302
    assert str(load(plan).part("funding.cost")[0].start) == "2027-03-01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_every_program_are_read(
    encoding: str, separator: str, plan: Plan, founder: Client
) -> None:
    lines = [
        ["细分市场名称 [name]", "行为特征 [behavioural]"],
        ["诊所", '夜里, 轮班; "很多"\n两行'],
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    file = uploaded(out.getvalue().encode(encoding), "表.csv")
    asked = founder.post(url("import_table", plan, SEGMENT), {"file": file})
    assert asked.status_code == 200, text_of(asked)
    assert ("GB18030" in text_of(asked)) is (encoding == "gb18030")
    text = asked.context["form"].initial["text"]
    look(founder, plan, text.replace("\n", "\r\n"), **seen(asked), apply="yes")
    row = load(plan).part(SEGMENT)[0]
    assert (row.name, row.behavioural) == ("诊所", '夜里, 轮班; "很多"\n两行')


def test_references_are_found_by_name_id_or_bracket_also_among_new_rows(
    plan: Plan, founder: Client
) -> None:
    text = "title,depends_on\nPlan,\nBuild,Plan\nTest,Plan; build\nShip,Nowhere\n"
    answer = look(founder, plan, text, "projects.task")
    assert answer.status_code == 422
    assert "No row is called “Nowhere”" in text_of(answer)
    assert take(founder, plan, text.replace("Nowhere", "Test"), "projects.task").status_code == 302
    tasks = {task.title: task for task in load(plan).part("projects.task")}
    assert tasks["Test"].depends_on == [tasks["Plan"].uid, tasks["Build"].uid]
    again = f"title,depends_on\nShip,Test [{tasks['Build'].uid}]\n"
    assert take(founder, plan, again, "projects.task").status_code == 302
    assert load(plan).find("projects.task", tasks["Ship"].uid).depends_on == [tasks["Build"].uid]
    more = "title,depends_on\nSell,Ship\nGrow,Sell; Build\n"
    asked = look(founder, plan, more, "projects.task")
    assert "Sell, Build" in text_of(asked) and "removed" not in text_of(asked)
    assert take(founder, plan, more, "projects.task").status_code == 302
    tasks = {task.title: task for task in load(plan).part("projects.task")}
    assert tasks["Grow"].depends_on == [tasks["Sell"].uid, tasks["Build"].uid]
    circle = "title,depends_on\nPlan,Ship\n"
    assert "would wait for one another" in text_of(look(founder, plan, circle, "projects.task"))


def test_rows_of_one_name_ask_for_the_id(plan: Plan, owner: Any, founder: Client) -> None:
    rows = [save(plan, SEGMENT, owner, name="Twin") for _i in range(2)]
    answer = look(founder, plan, "name,acv\nTwin,5\n")
    assert answer.status_code == 422 and "Several rows have this name" in text_of(answer)
    assert take(founder, plan, f"name,acv,uid\nTwin,5,{rows[1].uid}\n").status_code == 302
    assert [row.acv for row in load(plan).part(SEGMENT)] == [None, 5]
    twice = look(founder, plan, f"uid,acv\n{rows[0].uid},1\n{rows[0].uid},2\n")
    assert "Line 2 is about the same row" in text_of(twice)


def test_a_row_that_changed_meanwhile_is_a_conflict_and_shows_both(
    plan: Plan, segment: Any, owner: Any, founder: Client
) -> None:
    text = "name,behavioural\nShops,Mine\n"
    asked = look(founder, plan, text)
    save(plan, SEGMENT, owner, record=stored(segment), behavioural="Theirs")
    answer = look(founder, plan, text, **seen(asked), apply="yes")
    assert answer.status_code == 409 and stored(segment).behavioural == "Theirs"
    cell = answer.context["made"].rows[0].cells[0]
    assert (cell.old, cell.new) == ("Theirs", "Mine")
    done = look(founder, plan, text, **seen(answer), apply="yes")
    assert done.status_code == 302 and stored(segment).behavioural == "Mine"


def test_a_row_deleted_meanwhile_is_not_added_again_unseen(
    plan: Plan, segment: Any, owner: Any, founder: Client
) -> None:
    text = "name,acv\nShops,5\n"
    asked = look(founder, plan, text)
    services.delete_row(section=registry["market"], part=PART, row=stored(segment), by=owner)
    answer = look(founder, plan, text, **seen(asked), apply="yes")
    assert answer.status_code == 409 and names(plan) == []


def test_a_text_that_was_not_shown_is_shown_first(plan: Plan, founder: Client) -> None:
    asked = look(founder, plan, "name\nShops\n")
    answer = look(founder, plan, "name\nFarms\n", **seen(asked), apply="yes")
    assert answer.status_code == 200 and names(plan) == []


UNREADABLE = {
    "nothing": ("", "Choose a file, or paste"),
    "spaces": (" \n \n", "Choose a file, or paste"),
    "headings only": ("name,acv\n", "no row below"),
    "no headings": ("5,6\n7,8\n", "No column is known"),
    "a column twice": ("name,Name of the segment [name]\na,b\n", "Two columns are called"),
    "an open quotation": ('name\n"Shops\n', "cannot be read"),
    "too many rows": ("name\n" + "a\n" * 2001, "more than 2000 rows"),
    "too large": ("name\n" + "a" * 4_000_001, "too large"),
    "NUL": ("name\na\x00b\n", "Null characters"),
}


@pytest.mark.parametrize(("text", "says"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_table_is_refused_with_a_sentence(
    text: str, says: str, plan: Plan, founder: Client
) -> None:
    answer = look(founder, plan, text)
    assert answer.status_code == 422 and says in text_of(answer)
    if text.strip():  # and also as a file
        file = uploaded(text, "a.csv")
        answer = founder.post(url("import_table", plan, SEGMENT), {"file": file})
        assert answer.status_code == 422 and names(plan) == []


def test_rows_that_may_refer_to_one_another_come_fewer_at_a_time(
    plan: Plan, founder: Client
) -> None:
    answer = look(founder, plan, "title\n" + "a\n" * 501, "projects.task")
    assert answer.status_code == 422 and "more than 500 rows" in text_of(answer)
    assert "At most 500 rows" in text_of(founder.get(url("import_table", plan, "projects.task")))


def test_a_cell_that_is_too_long_and_cells_too_many_are_mistakes(
    plan: Plan, founder: Client
) -> None:
    answer = look(founder, plan, f"name,behavioural\nA,{'b' * 20_001}\nB,c,d\n")
    said = text_of(answer)
    assert answer.status_code == 422
    assert "At most 20,000 characters fit" in said and "more cells than headings" in said


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": "b"}', "[" * 5000, "\ufffd", '{"a": 1e9}'])
def test_revisions_that_no_page_made_are_as_if_nothing_was_seen(
    text: str, plan: Plan, segment: Any, founder: Client
) -> None:
    asked = look(founder, plan, "name,acv\nShops,5\n")
    answer = look(founder, plan, "name,acv\nShops,5\n", seen=asked.context["seen"],
                  revisions=text, apply="yes")  # fmt: skip
    assert answer.status_code == 409 and stored(segment).acv is None


def test_text_of_a_table_is_shown_as_text(plan: Plan, founder: Client) -> None:
    evil = "<script>alert(1)</script></textarea>"
    answer = look(founder, plan, f"name,behavioural,{evil}\n{evil},{evil},{evil}\n")
    assert "<script>alert" not in answer.content.decode()


def test_only_tables_of_sections_in_sight(plan: Plan, as_: Any) -> None:
    plan.hidden_sections.create(section="market", role="cofounder")
    for client, path in ((as_("cofounder"), SEGMENT), (as_("owner"), "market.analysis"),
                         (as_("owner"), "market.nothing")):  # fmt: skip
        for name in ("table", "import_table"):
            assert client.get(url(name, plan, path)).status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_rows(plan: Plan, founder: Client) -> None:
    """A group has no rule that the database itself is asked for; those are asked row by row."""
    path, counted = "market.group", []
    for rows in (2, 40):
        fill(plan, registry.part(path)[1], rows)
        text = "uid,name\n" + "".join(f"row-{i},Name {rows} {i}\n" for i in range(rows))
        text += "".join(f",New {rows} {i}\n" for i in range(rows))
        with CaptureQueriesContext(connection) as queries:
            assert take(founder, plan, text, path).status_code == 302
            assert founder.get(url("table", plan, path)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("\",;\t\n\r'=abAB名称[]0 "), max_size=80))
def test_no_text_is_more_than_a_sentence(text: str) -> None:
    from apps.plans.document import DocumentError

    try:
        table = read_csv("name,acv\n" + text, PART)
    except DocumentError as error:
        assert str(error)
        return
    assert all(set(line.cells) <= {"name", "acv"} for line in table.lines)
