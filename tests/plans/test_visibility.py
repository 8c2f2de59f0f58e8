"""A section hidden from a role gives nothing away: not by a label, a form, the activity, a copy."""

from typing import Any

import pytest

from apps.plans.contents import load
from apps.plans.document import dump
from apps.plans.models import Plan, Role, Verb
from apps.plans.sections import registry
from tests.plans.conftest import SEGMENT, save
from tests.plans.pages import fields_of, text_of, url

SECRET = "Zebra"
CHANNEL = "branding.channel"  # each refers to a segment of the market section


@pytest.fixture
def secret_plan(sample_plan: Plan, owner: Any, hide: Any) -> Plan:
    """The sample, whose segments are called Zebra and are hidden from co-founder and mentor."""
    for row in load(sample_plan).part(SEGMENT):
        save(sample_plan, SEGMENT, owner, row, name=f"{SECRET} {row.number}")
    for role in (Role.COFOUNDER, Role.MENTOR):
        hide(sample_plan, "market", role)
    return sample_plan


def other_sections() -> list[Any]:
    return [section for section in registry if section.name != "market"]


def test_no_page_of_another_section_names_it(secret_plan: Plan, as_: Any) -> None:
    mentor, cofounder, owner = as_("mentor"), as_("cofounder"), as_("owner")
    seen_by_owner = ""
    for section in other_sections():
        read = url("section", secret_plan, section.name)
        seen_by_owner += text_of(owner.get(read))
        for client in (mentor, cofounder):
            response = client.get(read)
            assert response.status_code == 200
            assert SECRET not in response.content.decode()
        for part in section.parts:
            editor = url("edit", secret_plan, section.name) + f"?part={part.name}"
            assert SECRET not in cofounder.get(editor).content.decode()
    assert SECRET in seen_by_owner  # or this test would prove nothing


def test_the_plan_page_and_the_navigation_do_not_know_it(secret_plan: Plan, as_: Any) -> None:
    page = as_("mentor").get(url("page", secret_plan)).content.decode()
    assert url("section", secret_plan, "market") not in page
    assert url("section", secret_plan, "branding") in page
    assert url("edit", secret_plan, "market") in as_("owner").get(
        url("page", secret_plan)
    ).content.decode()  # fmt: skip


def test_a_form_keeps_a_reference_it_may_not_name(secret_plan: Plan, as_: Any) -> None:
    channel = next(row for row in load(secret_plan).part(CHANNEL) if row.segment)
    address = url("row", secret_plan, CHANNEL, channel.uid)
    client = as_("cofounder")
    response = client.get(address)
    assert SECRET not in response.content.decode() and "hidden" in text_of(response)
    form = fields_of(response)
    assert form["segment"] == channel.segment
    assert client.post(address, {**form, "name": "Renamed"}).status_code == 302
    again = load(secret_plan).find(CHANNEL, channel.uid)
    assert (again.name, again.segment) == ("Renamed", channel.segment)


def test_a_form_does_not_let_one_guess_at_hidden_rows(secret_plan: Plan, as_: Any) -> None:
    channel = load(secret_plan).part(CHANNEL)[0]
    other = next(
        row.uid for row in load(secret_plan).part(SEGMENT) if row.uid != channel.segment
    )  # fmt: skip
    address = url("row", secret_plan, CHANNEL, channel.uid)
    client = as_("cofounder")
    form = fields_of(client.get(address))
    response = client.post(address, {**form, "segment": other})
    assert response.status_code == 422
    assert SECRET not in response.content.decode()


def test_the_activity_neither_lists_nor_names_it(secret_plan: Plan, owner: Any, as_: Any) -> None:
    channel = load(secret_plan).part(CHANNEL)[0]
    segments = [row.uid for row in load(secret_plan).part(SEGMENT)]
    for uid in segments[:2]:
        row = load(secret_plan).find(CHANNEL, channel.uid)
        save(secret_plan, CHANNEL, owner, row, segment=uid)
    page = url("activity", secret_plan)
    seen = text_of(as_("owner").get(page))
    assert SECRET in seen
    for who in ("mentor", "cofounder"):
        hidden = as_(who).get(page)
        assert SECRET not in hidden.content.decode()
        assert "hidden" in text_of(hidden)


def test_a_copy_by_somebody_who_does_not_see_it_does_not_hold_it(
    secret_plan: Plan, as_: Any
) -> None:
    response = as_("cofounder").post(url("copy", secret_plan), {"title": "Mine"})
    copy = Plan.objects.get(title="Mine")
    assert response.url == url("page", copy)
    assert load(copy).part(SEGMENT) == []
    assert load(copy).part(CHANNEL)
    for section in other_sections():
        page = as_("cofounder").get(url("section", copy, section.name))
        assert page.status_code == 200 and SECRET not in page.content.decode()


def test_progress_counts_only_what_a_role_sees(secret_plan: Plan, plan: Plan, as_: Any) -> None:
    """A member's percentage in the list is the one on the plan's page."""
    save(plan, SEGMENT, plan.updated_by, name="Shops", pain=3)
    plan.hidden_sections.create(section="market", role=Role.MENTOR)
    for who in ("owner", "mentor"):
        shown = as_(who).get(url("page", plan)).context["navigation"].percent
        listed = as_(who).get("/plans/").context["object_list"]
        assert {m.plan_id: m.percent for m in listed}[plan.pk] == shown, who


def test_a_plan_whose_every_section_is_hidden_can_be_opened(
    plan: Plan, hide: Any, as_: Any
) -> None:
    for section in registry:
        hide(plan, section.name, Role.VIEWER)
    client = as_("viewer")
    assert "No section is shown to your role" in text_of(client.get(url("page", plan)))
    assert client.get("/plans/").status_code == 200


def test_the_owner_chooses_who_sees_what(plan: Plan, as_: Any) -> None:
    client, page = as_("owner"), url("people", plan)
    everything = {
        f"{section.name}.{role.value}": "on"
        for section in registry
        for role in Role
        if role != Role.OWNER
    }
    chosen = {name: "on" for name in everything if name != "market.mentor"}
    assert client.post(url("visibility", plan), chosen, follow=True).redirect_chain[0][0] == page
    assert list(plan.hidden_sections.values_list("section", "role")) == [("market", "mentor")]
    assert as_("mentor").get(url("section", plan, "market")).status_code == 404
    assert as_("viewer").get(url("section", plan, "market")).status_code == 200
    client.post(url("visibility", plan), {**everything, "market.owner": "", "nosuch.mentor": "on"})
    assert not plan.hidden_sections.exists()
    assert plan.activity.filter(verb=Verb.HID).count() == 2
    client.post(url("visibility", plan), everything)
    assert plan.activity.filter(verb=Verb.HID).count() == 2  # nothing changed, nothing to tell


def test_nobody_hides_a_section_from_the_owner(plan: Plan, as_: Any) -> None:
    as_("owner").post(url("visibility", plan), {})
    assert not plan.hidden_sections.filter(role=Role.OWNER).exists()
    assert as_("owner").get(url("section", plan, "market")).status_code == 200


def test_a_document_dumped_for_a_reader_lacks_what_is_hidden(secret_plan: Plan) -> None:
    document = dump(load(secret_plan, frozenset({"market"})))
    assert "market" not in document["sections"]
    assert SECRET not in str(document)


def test_deleting_a_row_tells_nothing_of_a_hidden_section(
    sample_plan: Plan, hide: Any, as_: Any
) -> None:
    used = [channel.segment for channel in load(sample_plan).part(CHANNEL)]
    hide(sample_plan, "branding", Role.COFOUNDER)
    groups = [group.segment for group in load(sample_plan).part("market.group")]
    uid = next(uid for uid in used if uid)
    seen = groups.count(uid)
    text = text_of(as_("cofounder").post(url("delete_row", sample_plan, SEGMENT, uid), follow=True))
    assert "Deleted: " in text
    assert f"{seen} entr" in text if seen else "removed" not in text


RACI = "team.responsibility"  # a row of it may be called after a milestone or a step


def test_a_kept_label_does_not_name_a_row_of_a_hidden_section(
    sample_plan: Plan, owner: Any, hide: Any, as_: Any
) -> None:
    """Gaps, activity and the trash keep how a row was called when its writer could see it all."""
    milestone = load(sample_plan).part("projects.milestone")[0]
    save(sample_plan, "projects.milestone", owner, milestone, title=SECRET)
    called = {"kind": "milestone", "milestone": milestone.uid}
    save(sample_plan, RACI, owner, **called)
    gone = save(sample_plan, RACI, owner, **called)
    as_("owner").post(url("delete_row", sample_plan, RACI, gone.uid))
    for role in (Role.COFOUNDER, Role.MENTOR):
        hide(sample_plan, "projects", role)

    pages = [url("page", sample_plan), url("activity", sample_plan)]
    editor = f"{url('edit', sample_plan, 'team')}?part=responsibility"
    for who, seen in (("owner", pages), ("cofounder", [*pages, editor]), ("mentor", pages)):
        for page in seen:
            response = as_(who).get(page)
            assert response.status_code == 200
            assert (SECRET in response.content.decode()) == (who == "owner"), (who, page)
    assert "Responsibilities · Responsibility · " in text_of(as_("cofounder").get(pages[0]))
    assert SECRET in text_of(as_("owner").get(editor))
