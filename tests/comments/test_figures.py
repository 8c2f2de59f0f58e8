"""Comments on what a section works out: its key figures, and the derived columns of its rows."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.comments import places, services
from apps.comments.models import Thread
from apps.notices.models import Notice
from apps.plans.checks import FIGURES, Place
from apps.plans.contents import load
from apps.plans.document import dump, restore
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.replacing import replace_content
from apps.plans.sections import Registry, Section, Sheet, registry
from tests.comments.conftest import row_of
from tests.comments.urls import at, url

MARGIN = Place("funding", FIGURES, "", "gross_margin")


@pytest.fixture
def thread(sample_plan: Plan, cast: dict[str, User]) -> Thread:
    return services.start_thread(
        plan=sample_plan, place=MARGIN, text="Is that after serving?", by=cast["mentor"]
    )


def margin(plan: Plan) -> str:
    return places.held(load(plan), MARGIN)[0][1]


def change_the_margin(plan: Plan) -> None:
    _section, part = registry.part("funding.stream")
    part.model._default_manager.filter(plan=plan).update(price=1)


# --- Key figures ----------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["mentor", "owner"])
def test_every_key_figure_can_be_commented_on(who: str, sample_plan: Plan, as_: Any) -> None:
    client = as_(who)
    for page in (
        url("section", sample_plan, registry["funding"]),
        reverse("plans:page", args=[sample_plan.uid]),
    ):
        link = f"{url('start', sample_plan)}?section=funding&amp;part={FIGURES}&amp;field="
        html = client.get(page).text
        assert link + "gross_margin" in html and link + "runway_months" in html
    start = url("start", sample_plan, **at(MARGIN))
    form = client.get(start).text
    assert "Gross margin" in form and margin(sample_plan) in form
    sent = client.post(start, {"text": "After serving?", "visibility": "everyone"})
    made = Thread.objects.get()
    assert made.place == MARGIN and sent["Location"] == made.address
    html = client.get(made.address).text
    assert html.index(f'id="at-{places.key(MARGIN)}"') < html.index(f'id="thread-{made.uid}"')


def test_the_value_then_stands_beside_the_value_now_in_the_reader_s_language(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    then, client = margin(sample_plan), as_("owner")
    listed = url("list", sample_plan)
    assert "When this was written it read:" not in client.get(listed).text
    change_the_margin(sample_plan)
    now = margin(sample_plan)
    assert then != now
    html = client.get(listed).text
    assert f'<q class="pre">{then}</q>' in html and f'<q class="pre">{now}</q>' in html
    with translation.override("zh-hans"):
        title = places.words(MARGIN, thread.label)
    assert title != places.words(MARGIN, thread.label) == "Funding · Gross margin"
    User.objects.update(language="zh-hans")
    chinese = client.get(listed).text
    assert title in chinese


def test_the_anchor_survives_a_restore(
    sample_plan: Plan, thread: Thread, cast: dict[str, User], as_: Any
) -> None:
    before = restore(dump(load(sample_plan)))
    change_the_margin(sample_plan)
    replace_content(plan=sample_plan, now=load(sample_plan), wanted=before, by=cast["owner"])
    html = as_("owner").get(thread.address).text
    assert thread.uid in html and "When this was written it read:" not in html


def test_a_hidden_section_hides_the_talk_of_its_figures(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    HiddenSection.objects.create(plan=sample_plan, section="funding", role=Role.MENTOR)
    client = as_("mentor")
    overview = client.get(reverse("plans:page", args=[sample_plan.uid])).text
    assert "gross_margin" not in overview
    assert "After serving" not in client.get(url("list", sample_plan)).text
    assert client.get(url("start", sample_plan, **at(MARGIN))).status_code == 404


def test_a_figure_that_rests_on_a_hidden_section_is_not_told(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    then = margin(sample_plan)
    HiddenSection.objects.create(plan=sample_plan, section="technology", role=Role.MENTOR)
    html = as_("mentor").get(url("list", sample_plan, show="all")).text
    assert thread.uid in html and f'<q class="pre">{then}</q>' not in html


@pytest.mark.parametrize(
    "forged",
    [
        {"section": "funding", "part": FIGURES, "field": "no_such"},
        {"section": "funding", "part": FIGURES, "row": "x", "field": "gross_margin"},
        {"section": "nowhere", "part": FIGURES, "field": "gross_margin"},
        {"section": "funding", "part": FIGURES, "field": "x" * 70},
        {"section": "market", "part": "segment", "field": "som_text"},
    ],
    ids=str,
)
def test_a_forged_figure_is_not_found(forged: dict[str, str], sample_plan: Plan, as_: Any) -> None:
    client, start = as_("owner"), url("start", sample_plan, **forged)
    assert client.get(start).status_code == 404
    assert client.post(start, {"text": "x", "visibility": "everyone"}).status_code == 404


def test_founders_see_on_the_overview_how_many_threads_a_figure_has(
    sample_plan: Plan, thread: Thread, as_: Any
) -> None:
    page = reverse("plans:page", args=[sample_plan.uid])
    client = as_("owner")
    with CaptureQueriesContext(connection) as few:
        html = client.get(page).text
    assert f"show=all&amp;section=funding&amp;part={FIGURES}&amp;field=gross_margin" in html
    for number in range(8):
        services.start_thread(
            plan=sample_plan, place=Place("market", FIGURES, "", "tam"), text=f"{number}"
        )
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few)


def test_a_notice_names_the_figure(sample_plan: Plan, thread: Thread, as_: Any) -> None:
    assert Notice.objects.exists()
    html = as_("owner").get(reverse("notices:list")).text
    assert "Gross margin" in html


def test_no_section_may_call_a_part_by_the_name_of_the_figures() -> None:
    form = registry["market"].part("analysis").form
    part = Sheet(name=FIGURES, form=form, title="Figures")
    with pytest.raises(ImproperlyConfigured):
        Registry().register(Section(name="x", title="X", lead="", order=1, parts=(part,)))


# --- Derived columns of a row ---------------------------------------------------------------------
def test_what_a_row_works_out_can_be_commented_on(
    sample_plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    row = row_of(sample_plan)
    place = Place("market", "segment", row.uid, "som_text")
    start = url("start", sample_plan, **at(place))
    section = url("section", sample_plan, registry["market"])
    assert start.replace("&", "&amp;") in as_("mentor").get(section).text
    assert "SOM per year" in as_("mentor").get(start).text
    made = services.start_thread(plan=sample_plan, place=place, text="So much?", by=cast["mentor"])
    [(_label, then)] = places.held(load(sample_plan), place)
    type(row).objects.filter(pk=row.pk).update(accounts=1)
    [(_label, now)] = places.held(load(sample_plan), place)
    assert then != now
    html = as_("owner").get(made.address).text
    assert f'<q class="pre">{then}</q>' in html and f'<q class="pre">{now}</q>' in html
    editor = reverse("plans:row", args=[sample_plan.uid, registry["market"], "segment", row.uid])
    assert f"thread-{made.uid}" in as_("owner").get(editor).text
