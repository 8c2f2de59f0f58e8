"""What of the activity one asks for, what one may see of it, and both as a CSV file."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.plans import lifecycle, people
from apps.plans.activity_filter import GROUPS
from apps.plans.models import Activity, Plan, Role, Verb
from apps.plans.services import log
from tests.plans.conftest import SEGMENT, save, stored
from tests.plans.pages import text_of, url


def asked(client: Any, plan: Plan, **choice: str) -> list[str]:
    """The labels of the entries that a choice shows."""
    response = client.get(url("activity", plan), choice)
    assert response.status_code == 200
    return [entry.activity.label for entry in response.context["entries"]]


def table(client: Any, plan: Plan, **choice: str) -> list[list[str]]:
    response = client.get(url("activity_csv", plan), choice)
    assert response.status_code == 200
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def busy(plan: Plan, cast: Any) -> Plan:
    """One of each: two sections, two people, three days, everything that is not writing."""
    Activity.objects.filter(plan=plan).delete()
    days = [
        (cast["owner"], Verb.EDITED, "market", "Shops"),
        (cast["cofounder"], Verb.ADDED, "team", "Engineer"),
        (cast["mentor"], Verb.REVIEWED, "", "Version 1"),
        (None, Verb.OPENED, "", "Fund A"),
        (cast["owner"], Verb.SHARED, "", "Fund A"),
        (cast["owner"], Verb.INVITED, "", "someone@example.org"),
        (cast["cofounder"], Verb.EXPORTED, "", "Version 2"),
        (cast["viewer"], Verb.VIEWED, "", "Reading"),
    ]
    for number, (by, verb, section, label) in enumerate(days):
        entry = log(plan=plan, by=by, verb=verb, section=section, label=label)
        at = datetime(2027, 3, 1 + number, 12, tzinfo=UTC)
        Activity.objects.filter(pk=entry.pk).update(at=at)
    return plan


def test_every_verb_is_found_under_exactly_one_kind() -> None:
    grouped = [verb for group in GROUPS.values() for verb in group.verbs]
    assert sorted(grouped) == sorted(Verb.values)


def test_by_person(busy: Plan, as_: Any, cast: Any) -> None:
    owner = as_("owner")
    assert asked(owner, busy, person=str(cast["cofounder"].pk)) == ["Version 2", "Engineer"]
    assert asked(owner, busy, person="0") == ["Fund A"]


def test_by_kind(busy: Plan, as_: Any) -> None:
    owner = as_("owner")
    assert asked(owner, busy, kind="content") == ["Engineer", "Shops"]
    assert asked(owner, busy, kind="review") == ["Version 1"]
    assert asked(owner, busy, kind="versions") == ["Version 2"]
    assert asked(owner, busy, kind="sharing") == ["Fund A", "Fund A"]
    assert asked(owner, busy, kind="reading") == ["Reading"]


def test_by_section_and_period_together(busy: Plan, as_: Any) -> None:
    owner = as_("owner")
    assert asked(owner, busy, section="market") == ["Shops"]
    assert asked(owner, busy, since="2027-03-02", until="2027-03-03") == ["Version 1", "Engineer"]
    assert asked(owner, busy, section="market", since="2027-03-02") == []
    page = owner.get(url("activity", busy), {"section": "market", "since": "2027-03-02"})
    assert "Nothing matches." in text_of(page)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("person", "x", "not one of the choices"), ("person", "9" * 40, "not one of the choices"),
        ("kind", "nosuch", "not one of the choices"),
        ("section", "a\x00", "not one of the choices"),
        ("since", "yesterday", "This is not a day."), ("until", "9999-99-99", "This is not a day."),
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_sense_shows_nothing_and_says_why(
    field: str, typed: str, said: str, busy: Plan, as_: Any
) -> None:
    owner = as_("owner")
    asked_for = {field: typed, "until" if field == "since" else "since": "2027-03-02"}
    page = owner.get(url("activity", busy), asked_for)
    assert page.status_code == 200 and not page.context["entries"]
    assert "Nothing is shown" in text_of(page)
    assert said in str(page.context["form"].errors[field]) and said in text_of(page)
    assert f'value="{typed.replace(chr(0), "")}"' in page.text and 'value="2027-03-02"' in page.text
    file = owner.get(url("activity_csv", busy), asked_for)
    assert file.status_code == 302
    assert owner.get(file["Location"]).context["form"].data.dict() == asked_for


def test_a_period_that_ends_before_it_begins_is_named(busy: Plan, as_: Any) -> None:
    period = {"since": "2027-03-03", "until": "2027-03-02"}
    page = as_("owner").get(url("activity", busy), period)
    assert "before the first one" in text_of(page) and not page.context["entries"]
    assert 'type="date" name="until" value="2027-03-02"' in page.text


@pytest.mark.parametrize("far", [{"since": "0001-01-01"}, {"until": "9999-12-31"}])
def test_any_day_can_be_asked_for(far: dict[str, str], busy: Plan, as_: Any) -> None:
    assert len(asked(as_("owner"), busy, **far)) == 8
    assert len(table(as_("owner"), busy, **far)) == 9


def test_the_pages_keep_the_choice(plan: Plan, as_: Any, owner: Any) -> None:
    for number in range(60):
        log(plan=plan, by=owner, verb=Verb.EDITED, section="market", label=f"Row {number}")
    page = as_("owner").get(url("activity", plan), {"section": "market"})
    assert "Page 1 of 2" in text_of(page)
    html = page.content.decode()
    assert "?section=market&amp;page=2" in html
    assert f'{url("activity_csv", plan)}?section=market"' in html


# --- Whose eyes -----------------------------------------------------------------------------------
def test_each_role_reads_what_its_other_pages_tell_it(busy: Plan, as_: Any) -> None:
    everything = ["Reading", "Version 2", "someone@example.org", "Fund A", "Fund A", "Version 1",
                  "Engineer", "Shops"]  # fmt: skip
    assert asked(as_("owner"), busy) == everything
    cofounder = [label for label in everything if label not in {"someone@example.org", "Fund A"}]
    assert asked(as_("cofounder"), busy) == cofounder
    mentor = [label for label in cofounder if label != "Reading"]
    assert asked(as_("mentor"), busy) == mentor
    assert [row[5] for row in table(as_("mentor"), busy)[1:]] == mentor
    assert as_("viewer").get(url("activity", busy)).status_code == 403
    assert as_("viewer").get(url("activity_csv", busy)).status_code == 403


def test_a_hidden_section_stays_hidden_whatever_is_asked(busy: Plan, as_: Any, hide: Any) -> None:
    hide(busy, "market", "mentor")
    mentor = as_("mentor")
    assert "Shops" not in asked(mentor, busy)
    assert "Shops" not in asked(mentor, busy, section="market", kind="content")
    assert mentor.get(url("activity_csv", busy), {"section": "market"}).status_code == 302
    assert "Shops" not in str(table(mentor, busy))
    assert 'value="market"' not in mentor.get(url("activity", busy)).content.decode()


def test_who_sees_a_section_is_told_section_by_section(plan: Plan, as_: Any, owner: Any) -> None:
    people.set_hidden(plan=plan, hidden={("market", "mentor"), ("team", "viewer")}, by=owner)
    people.set_hidden(plan=plan, hidden={("market", "mentor"), ("market", "viewer")}, by=owner)
    told = plan.activity.filter(verb=Verb.HID).order_by("pk")
    assert [(one.section, one.changes["hidden_from"]) for one in told] == [
        ("market", [[], ["mentor"]]),
        ("team", [[], ["viewer"]]),
        ("market", [["mentor"], ["mentor", "viewer"]]),
        ("team", [["viewer"], []]),
    ]
    text = text_of(as_("owner").get(url("activity", plan)))
    assert "Olivia changed who sees the section Market" in text
    assert "Hidden from Mentor → Mentor, Viewer" in text
    people.set_hidden(plan=plan, hidden={("market", "mentor"), ("market", "viewer")}, by=owner)
    assert plan.activity.filter(verb=Verb.HID).count() == 4  # nothing changed, nothing told


# --- Old and new ----------------------------------------------------------------------------------
def test_settings_and_roles_show_old_and_new(plan: Plan, as_: Any, cast: Any) -> None:
    changed = Plan.objects.get(pk=plan.pk)
    changed.stage, changed.pitch, changed.start_month = "seed", "New pitch", datetime(2027, 5, 1)
    changed.start_month = changed.start_month.date()
    lifecycle.configure_plan(
        plan=changed, base=lifecycle.settings_mark(plan), by=cast["cofounder"]
    )  # fmt: skip
    member = plan.memberships.select_related("user").get(role=Role.VIEWER)
    people.change_role(membership=member, role=Role.MENTOR, by=cast["owner"])
    lifecycle.let_viewers_read_comments(plan=plan, allowed=True, by=cast["owner"])
    text = text_of(as_("owner").get(url("activity", plan)))
    assert "Viewers read the comments that mentors read No → Yes" in text
    assert "Carl changed the plan settings" in text
    assert "Idea → Seed" in text and "One-line pitch New pitch" in text
    assert "May 2027" in text
    assert "Olivia changed the role of Victor" in text and "Viewer → Mentor" in text


def test_a_guest_is_not_called_somebody_who_left(plan: Plan, as_: Any) -> None:
    log(plan=plan, by=None, verb=Verb.OPENED, label="Fund A")
    log(
        plan=plan, by=None, verb=Verb.COMMENTED, section="market", part="segment", row="x",
        label="Shops", changes={"guest": "Gerd"},
    )  # fmt: skip
    text = text_of(as_("owner").get(url("activity", plan)))
    assert "A guest opened the share link for Fund A" in text
    assert "Gerd (guest) commented on Market · “Shops”" in text


def test_only_who_shares_the_plan_reads_what_guests_of_a_link_exported(
    plan: Plan, as_: Any
) -> None:
    log(
        plan=plan, by=None, verb=Verb.EXPORTED, facts={"version": 3},
        changes={"guest": "Anna Berg, Northern Ventures"},
    )  # fmt: skip
    line = "Anna Berg, Northern Ventures (guest) exported version 3"
    assert line in text_of(as_("owner").get(url("activity", plan)))
    for role in ("cofounder", "mentor"):
        assert "Northern" not in text_of(as_(role).get(url("activity", plan)))
        assert "Northern" not in str(table(as_(role), plan))


# --- CSV ------------------------------------------------------------------------------------------
def test_the_file_has_a_row_for_each_changed_field(
    plan: Plan, segment: Any, as_: Any, cast: Any
) -> None:
    save(plan, SEGMENT, cast["cofounder"], stored(segment), acv=12000, name="=1+1")
    rows = table(as_("mentor"), plan, person=str(cast["cofounder"].pk))
    assert rows[0] == ["Time (UTC)", "Person", "What", "Section", "Part", "About", "Field",
                       "Before", "After"]  # fmt: skip
    assert len({row[0] for row in rows[1:]}) == 1
    assert [row[1:6] for row in rows[1:]] == [["Carl", "Edited", "Market", "Segments", "'=1+1"]] * 2
    assert {tuple(row[6:]) for row in rows[1:]} == {
        ("Name of the segment", "Shops", "'=1+1"), ("Annual contract value", "—", "¥12,000"),
    }  # fmt: skip


def test_the_file_is_in_the_readers_language_though_it_is_written_later(
    plan: Plan, as_: Any, owner: Any
) -> None:
    owner.language = "zh-hans"
    owner.save()
    rows = table(as_("owner"), plan)
    assert rows[0][1] == "人员" and rows[1][2] == "创建了计划"


def test_page_and_file_cost_the_same_queries_for_any_length(
    plan: Plan, as_: Any, cast: Any, segment: Any
) -> None:
    client, counts = as_("owner"), []
    for length in (5, 90):
        while plan.activity.count() < length:
            row = stored(segment)
            save(plan, SEGMENT, cast["cofounder"], row, name=f"Shops {row.revision}")
        with CaptureQueriesContext(connection) as queries:
            client.get(url("activity", plan), {"kind": "content"})
            assert len(table(client, plan)) > length
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Reading --------------------------------------------------------------------------------------
@pytest.fixture
def fresh_cache() -> None:
    cache.clear()


def readings(plan: Plan) -> list[str]:
    told = plan.activity.filter(verb=Verb.VIEWED).select_related("by").order_by("pk")
    return [str(entry.by) for entry in told]


@pytest.mark.usefixtures("fresh_cache")
def test_reading_is_noted_once_a_person_and_day(plan: Plan, sample_plan: Plan, as_: Any) -> None:
    mentor = as_("mentor")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _visit in range(3):
            mentor.get(url("page", plan))
            mentor.get(url("section", plan, "market"))
        as_("viewer").get(url("section", plan, "market"))
        mentor.get(url("page", sample_plan))
        assert readings(plan) == ["Mei", "Victor"]
        cache.clear()  # a restarted cache
        mentor.get(url("page", plan))
        assert readings(plan) == ["Mei", "Victor"]
        clock.shift(timedelta(days=1))
        as_("mentor").get(url("page", plan))
    assert readings(plan) == ["Mei", "Victor", "Mei"]
    assert readings(sample_plan) == ["Mei"]


@pytest.mark.usefixtures("fresh_cache")
def test_who_may_not_read_has_not_read(plan: Plan, as_: Any, hide: Any) -> None:
    hide(plan, "market", "mentor")
    assert as_("mentor").get(url("section", plan, "market")).status_code == 404
    assert as_("stranger").get(url("page", plan)).status_code == 404
    assert readings(plan) == []


@pytest.mark.usefixtures("fresh_cache")
def test_noting_costs_nothing_after_the_first_page(plan: Plan, as_: Any) -> None:
    client, counts = as_("mentor"), []
    for _visit in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(url("page", plan))
        counts.append(len(queries))
        assert sum("plans_activity" in query["sql"] for query in queries) == 2 * (not counts[1:])
    assert counts[1] == counts[2]


def test_a_page_opens_also_when_the_cache_is_down(
    plan: Plan, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_more: Any) -> bool:
        raise ConnectionRefusedError("no cache")

    monkeypatch.setattr("apps.plans.reading.cache.add", refuse)
    assert as_("mentor").get(url("page", plan)).status_code == 200
