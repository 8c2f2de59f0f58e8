"""Making a plan, its settings, a copy, the archive and deletion."""

import re
from typing import Any

import pytest

from apps.plans import lifecycle, samples
from apps.plans.contents import load
from apps.plans.document import dump, restore
from apps.plans.models import Activity, Membership, Plan, Role, SectionProgress, Verb
from tests.plans.conftest import SEGMENT, names, save
from tests.plans.pages import text_of, url

CREATE, SAMPLE = "/plans/new/", "customer_service"
SETTINGS = {
    "title": "Night shift", "company": "Owl Ltd", "pitch": "Answers while you sleep",
    "stage": "seed", "industry": "retail", "currency": "EUR", "language": "en",
    "start_month": "2027-02",
}  # fmt: skip


def test_a_blank_plan_is_made_and_opened(as_: Any, owner: Any) -> None:
    client = as_("owner")
    response = client.post(CREATE, SETTINGS)
    plan = Plan.objects.get()
    assert response.url == url("page", plan)
    assert (plan.title, plan.currency, plan.sample) == ("Night shift", "EUR", "")
    assert (plan.start_month.year, plan.start_month.month, plan.start_month.day) == (2027, 2, 1)
    assert [(m.user, m.role) for m in plan.memberships.all()] == [(owner, Role.OWNER)]
    assert all(row.updated_at is None and row.done == 0 for row in plan.progress.all())
    page = text_of(client.get(response.url))
    assert "Your plan is ready." in page and "Nobody has written here yet." in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_plan_is_made_from_the_sample_as_it_is_in_either_language(
    language: str, as_: Any
) -> None:
    # What the other form on the page holds does not count.
    as_("owner").post(CREATE, {**SETTINGS, "sample": SAMPLE, "language": language})
    plan = Plan.objects.get()
    assert plan.sample == SAMPLE
    assert dump(load(plan)) == dump(restore(samples.document(SAMPLE, language)))
    assert "figures are illustrative" in text_of(as_("owner").get(url("page", plan)))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_forms_open_in_the_readers_language(language: str, as_: Any, owner: Any) -> None:
    owner.language = language
    owner.save()
    page = as_("owner").get(CREATE)
    blank, sample = page.context["form"], page.context["sample_form"]
    assert blank["language"].value() == sample["language"].value() == language
    assert sample["sample"].value() == SAMPLE
    title = samples.document(SAMPLE, language)["plan"]["title"]
    assert title in text_of(page) and not blank["title"].value()
    ids = re.findall(r' id="([^"]+)"', page.content.decode())
    assert len(ids) == len(set(ids)), "each label finds its own field"


def test_who_has_no_plan_opens_the_sample_with_one_click(as_: Any, owner: Any) -> None:
    owner.language = "zh-hans"
    owner.save()
    client = as_("owner")
    page = client.get("/plans/").content.decode()
    form = page[page.index(f'action="{CREATE}"') :].split("</form>")[0]
    response = client.post(CREATE, dict(re.findall(r'name="(\w+)" value="([^"]+)"', form)))
    plan = Plan.objects.get()
    assert response.url == url("page", plan)
    assert (plan.sample, plan.language) == (SAMPLE, "zh-hans")


def test_figures_of_ones_own_are_no_longer_called_a_sample(sample_plan: Plan, as_: Any) -> None:
    client, address = as_("cofounder"), url("own", sample_plan)
    assert f'action="{address}"' in client.get(url("page", sample_plan)).content.decode()
    text = text_of(client.post(address, follow=True))
    assert "The plan no longer counts as a sample." in text
    assert "illustrative" not in text and "The figures are my own now" not in text
    sample_plan.refresh_from_db()
    assert sample_plan.sample == ""
    client.post(address)  # said twice, told once
    assert sample_plan.activity.filter(verb=Verb.CONFIGURED).count() == 1
    assert client.get(address).status_code == 405


def test_who_only_reads_sees_the_sample_named_and_no_button(sample_plan: Plan, as_: Any) -> None:
    for who in ("mentor", "viewer"):
        page = as_(who).get(url("page", sample_plan))
        assert "illustrative" in text_of(page)
        assert url("own", sample_plan) not in page.content.decode()
        assert as_(who).post(url("own", sample_plan)).status_code == 403
    sample_plan.refresh_from_db()
    assert sample_plan.sample == SAMPLE


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "t" * 121}, "at most 120 characters"),
        ({"title": "a\x00b"}, "Null characters are not allowed."),
        ({"start_month": "0000-00"}, "Enter a valid date."),
        ({"start_month": "2026-13"}, "Enter a valid date."),
        ({"start_month": ""}, "This field is required."),
        ({"currency": "XXX"}, "Select a valid choice."),
        ({"language": "tlh"}, "Select a valid choice."),
        ({"stage": "exit"}, "Select a valid choice."),
    ],
    ids=str,
)
def test_wrong_settings_are_refused_with_a_sentence_and_the_rest_is_kept(
    wrong: dict[str, str], says: str, plan: Plan, as_: Any
) -> None:
    for address in (CREATE, url("settings", plan)):
        response = as_("owner").post(address, {**SETTINGS, "relabel": "on", **wrong})
        assert response.status_code == 422
        field = next(iter(wrong))
        form = response.context["form"]
        assert says in " ".join(form.errors[field])
        assert says in text_of(response)
        for name in set(SETTINGS) - {field}:
            assert form[name].value() == SETTINGS[name]
    plan.refresh_from_db()
    assert plan.title == "Blank plan" and Plan.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"sample": "nosuch"}, {"sample": "../../etc/passwd"}, {"sample": f"{SAMPLE}\x00"},
              {"sample": ""}, {"language": "tlh"}, {"language": ""}], ids=str,
)  # fmt: skip
def test_an_unknown_sample_is_refused(wrong: dict[str, str], as_: Any, owner: Any) -> None:
    response = as_("owner").post(CREATE, {"sample": SAMPLE, "language": "en", **wrong})
    assert response.status_code == 422
    assert list(response.context["sample_form"].errors) == list(wrong)
    assert not response.context["form"].is_bound  # the other form on the page is not blamed
    assert not Plan.objects.exists()


def based_on(plan: Plan) -> dict[str, str]:
    """What the settings form posts when it was just opened, the change of currency confirmed."""
    return {**SETTINGS, "mark": lifecycle.settings_mark(plan), "relabel": "on"}


def test_settings_that_somebody_changed_meanwhile_are_not_overwritten(plan: Plan, as_: Any) -> None:
    opened = based_on(plan)
    theirs = {**opened, "title": "Theirs", "pitch": "Their pitch"}
    assert as_("cofounder").post(url("settings", plan), theirs).status_code == 302
    answer = as_("owner").post(url("settings", plan), {**opened, "title": "Mine"})
    assert answer.status_code == 409
    plan.refresh_from_db()
    assert plan.title == "Theirs"
    text = answer.content.decode()
    assert 'value="Mine"' in text and "Their pitch" in text
    again = {**opened, "title": "Mine", "mark": answer.context["mark"]}
    assert as_("owner").post(url("settings", plan), again).status_code == 302
    plan.refresh_from_db()
    assert plan.title == "Mine"


def test_a_mistake_does_not_hide_what_somebody_changed_meanwhile(plan: Plan, as_: Any) -> None:
    opened = based_on(plan)
    as_("cofounder").post(url("settings", plan), {**opened, "pitch": "Their pitch"})
    refused = as_("owner").post(url("settings", plan), {**opened, "title": ""})
    assert refused.status_code == 422
    again = {**opened, "title": "Mine", "mark": refused.context["mark"]}
    answer = as_("owner").post(url("settings", plan), again)
    assert answer.status_code == 409 and "Their pitch" in text_of(answer)
    plan.refresh_from_db()
    assert plan.pitch == "Their pitch"


def test_a_right_that_ends_while_typing_loses_no_text(plan: Plan, as_: Any, owner: Any) -> None:
    lifecycle.set_archived(plan=plan, archived=True, by=owner)
    answer = as_("cofounder").post(url("settings", plan), {"pitch": "An hour of work"})
    assert answer.status_code == 403
    assert "An hour of work" in answer.content.decode()


def test_changed_settings_are_saved_and_told(plan: Plan, as_: Any, cast: Any) -> None:
    response = as_("cofounder").post(url("settings", plan), based_on(plan), follow=True)
    assert "The settings are saved." in text_of(response)
    plan.refresh_from_db()
    assert (plan.title, plan.stage, plan.updated_by) == ("Night shift", "seed", cast["cofounder"])
    told = plan.activity.get(verb=Verb.CONFIGURED)
    assert told.changes["title"] == ["Blank plan", "Night shift"]
    assert told.changes["start_month"][1] == "2027-02-01"
    assert "language" not in told.changes


def test_the_currency_is_the_one_of_every_amount(sample_plan: Plan, as_: Any) -> None:
    read = url("section", sample_plan, "market")
    assert "¥" in text_of(as_("owner").get(read))
    as_("owner").post(url("settings", sample_plan), based_on(sample_plan))
    text = text_of(as_("owner").get(read))
    assert "€" in text and "¥" not in text


def test_the_currency_of_written_amounts_is_changed_knowingly(sample_plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("settings", sample_plan)
    assert "relabel" not in client.get(address).content.decode()
    unconfirmed = based_on(sample_plan)
    del unconfirmed["relabel"]
    asked = client.post(address, unconfirmed)
    assert asked.status_code == 422
    assert "100 CNY would become 100 EUR" in text_of(asked)
    assert 'name="relabel"' in asked.content.decode()
    sample_plan.refresh_from_db()
    assert sample_plan.currency == "CNY"
    assert client.post(address, {**unconfirmed, "relabel": "on"}).status_code == 302
    sample_plan.refresh_from_db()
    assert sample_plan.currency == "EUR"
    # Now that it is stored, the same form asks no more.
    again = {**SETTINGS, "mark": lifecycle.settings_mark(sample_plan), "stage": "idea"}
    assert client.post(address, again).status_code == 302


@pytest.mark.parametrize("wrong", ["XXX", ""])
def test_no_currency_at_all_is_said_without_talk_of_amounts(
    wrong: str, plan: Plan, as_: Any
) -> None:
    answer = as_("owner").post(url("settings", plan), {**based_on(plan), "currency": wrong})
    assert answer.status_code == 422 and "would become" not in text_of(answer)


def test_hostile_settings_are_shown_as_text(plan: Plan, as_: Any) -> None:
    title = "<script>alert(1)</script> {{ 7*7 }} \u202eevil"
    as_("owner").post(url("settings", plan), {**based_on(plan), "title": title})
    for address in (url("page", plan), "/plans/", url("people", plan), url("delete", plan)):
        html = as_("owner").get(address).content.decode()
        assert "<script>alert" not in html
        assert "{{ 7*7 }}" in html


def test_a_copy_has_the_content_and_none_of_the_people(
    sample_plan: Plan, as_: Any, cast: Any
) -> None:
    form = as_("cofounder").get(url("copy", sample_plan)).context["form"]
    assert form["title"].value().startswith("Copy of ")
    as_("cofounder").post(url("copy", sample_plan), {"title": "Ours"})
    copy = Plan.objects.get(title="Ours")
    one, other = dump(load(sample_plan)), dump(load(copy))
    assert one["sections"] == other["sections"]
    assert {**one["plan"], "title": "Ours"} == other["plan"]
    members = [(m.user, m.role) for m in copy.memberships.all()]
    assert members == [(cast["cofounder"], Role.OWNER)]
    assert [a.verb for a in copy.activity.all()] == [Verb.CREATED]
    assert copy.uid != sample_plan.uid and copy.sample == sample_plan.sample


def test_a_copy_is_its_own(plan: Plan, segment: Any, as_: Any, owner: Any) -> None:
    as_("owner").post(url("copy", plan), {"title": "Ours"})
    copy = Plan.objects.get(title="Ours")
    row = load(copy).part(SEGMENT)[0]
    assert (row.uid, row.revision) == (segment.uid, 1)
    save(copy, SEGMENT, owner, row, name="Changed")
    assert names(plan) == ["Shops"] and names(copy) == ["Changed"]


def test_a_copy_needs_a_title(plan: Plan, as_: Any) -> None:
    response = as_("owner").post(url("copy", plan), {"title": " "})
    assert "This field is required." in text_of(response)
    assert Plan.objects.count() == 1


def test_an_archived_plan_is_read_and_not_written_until_it_is_back(
    plan: Plan, segment: Any, as_: Any
) -> None:
    client, address = as_("owner"), url("row", plan, SEGMENT, segment.uid)
    data = {"name": "Changed", "revision": "1"}
    assert "The plan is archived." in text_of(client.post(url("archive", plan), follow=True))
    assert "this plan is archived" in text_of(client.get(url("page", plan))).lower()
    refused = as_("cofounder").post(address, data)
    assert refused.status_code == 403 and "This plan is archived." in text_of(refused)
    assert client.get(url("section", plan, "market")).status_code == 200
    assert names(plan) == ["Shops"]
    client.post(url("archive", plan))
    assert client.post(address, data).status_code == 302
    verbs = set(plan.activity.values_list("verb", flat=True))
    assert {Verb.ARCHIVED, Verb.UNARCHIVED} <= verbs


def test_archiving_what_is_archived_tells_nothing(plan: Plan, owner: Any) -> None:
    for _time in range(2):
        lifecycle.set_archived(plan=plan, archived=True, by=owner)
    assert plan.activity.filter(verb=Verb.ARCHIVED).count() == 1


def test_deleting_takes_the_title_and_takes_everything(sample_plan: Plan, as_: Any) -> None:
    client, address = as_("owner"), url("delete", sample_plan)
    assert "3 other people lose it too." in text_of(client.get(address))
    for wrong in ("", "wrong", sample_plan.title.upper(), sample_plan.title[:-1]):
        response = client.post(address, {"title": wrong})
        assert response.status_code == 422
        assert Plan.objects.exists()
    response = client.post(address, {"title": f" {sample_plan.title} "}, follow=True)
    assert "is deleted." in text_of(response)
    for model in (Plan, Membership, Activity, SectionProgress, type(_row_model())):
        assert not model.objects.exists(), model


def _row_model() -> Any:
    from apps.plans.sections import registry

    return registry.part(SEGMENT)[1].model()


def test_only_post_deletes_or_archives(plan: Plan, as_: Any) -> None:
    for name in ("archive", "delete"):
        assert as_("owner").get(url(name, plan)).status_code == 200
    plan.refresh_from_db()
    assert plan.archived_at is None
