"""Making a plan, its settings, a copy, the archive and deletion."""

from typing import Any

import pytest

from apps.plans import lifecycle, samples
from apps.plans.contents import load
from apps.plans.document import dump, restore
from apps.plans.models import Activity, Membership, Plan, Role, SectionProgress, Verb
from tests.plans.conftest import SEGMENT, names, save
from tests.plans.pages import text_of, url

CREATE = "/plans/new/"
SETTINGS = {
    "title": "Night shift", "company": "Owl Ltd", "pitch": "Answers while you sleep",
    "stage": "seed", "industry": "retail", "currency": "EUR", "language": "en",
    "start_month": "2027-02",
}  # fmt: skip


def test_a_blank_plan_is_made_and_opened(as_: Any, owner: Any) -> None:
    client = as_("owner")
    response = client.post(CREATE, {**SETTINGS, "start": ""})
    plan = Plan.objects.get()
    assert response.url == url("page", plan)
    assert (plan.title, plan.currency, plan.sample) == ("Night shift", "EUR", "")
    assert (plan.start_month.year, plan.start_month.month, plan.start_month.day) == (2027, 2, 1)
    assert [(m.user, m.role) for m in plan.memberships.all()] == [(owner, Role.OWNER)]
    assert all(row.updated_at is None and row.done == 0 for row in plan.progress.all())
    page = text_of(client.get(response.url))
    assert "Your plan is ready." in page and "Nobody has written here yet." in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_plan_is_made_from_the_sample_in_either_language(language: str, as_: Any) -> None:
    chosen = {**SETTINGS, "language": language, "start": "customer_service"}
    as_("owner").post(CREATE, chosen)
    plan = Plan.objects.get()
    # The settings are the person's own, the content is the sample's.
    assert (plan.title, plan.currency, plan.sample) == ("Night shift", "EUR", "customer_service")
    sample = dump(restore(samples.document("customer_service", language)))
    assert dump(load(plan))["sections"] == sample["sections"]
    assert "figures are illustrative" in text_of(as_("owner").get(url("page", plan)))


def test_the_form_of_a_sample_opens_with_its_settings_in_the_readers_language(
    as_: Any, owner: Any
) -> None:
    for language in ("en", "zh-hans"):
        owner.language = language
        owner.save()
        form = as_("owner").get(CREATE, {"start": "customer_service"}).context["form"]
        sample = samples.document("customer_service", language)["plan"]
        assert form["title"].value() == sample["title"]
        assert form["language"].value() == language
    assert as_("owner").get(CREATE, {"start": "../secrets"}).status_code == 200


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
    for address, more in ((CREATE, {"start": ""}), (url("settings", plan), {})):
        response = as_("owner").post(address, {**SETTINGS, **more, **wrong})
        assert response.status_code == 422
        field = next(iter(wrong))
        form = response.context["form"]
        assert says in " ".join(form.errors[field])
        assert says in text_of(response)
        for name in set(SETTINGS) - {field}:
            assert form[name].value() == SETTINGS[name]
    plan.refresh_from_db()
    assert plan.title == "Blank plan" and Plan.objects.count() == 1


def test_an_unknown_sample_is_refused(as_: Any, owner: Any) -> None:
    for start in ("nosuch", "../../etc/passwd", "customer_service\x00"):
        assert as_("owner").post(CREATE, {**SETTINGS, "start": start}).status_code == 422
    assert not Plan.objects.exists()


def based_on(plan: Plan) -> dict[str, str]:
    """What the settings form posts when it was opened just now."""
    return {**SETTINGS, "mark": lifecycle.settings_mark(plan)}


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
    again = {**SETTINGS, "title": "Mine", "mark": answer.context["mark"]}
    assert as_("owner").post(url("settings", plan), again).status_code == 302
    plan.refresh_from_db()
    assert plan.title == "Mine"


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
