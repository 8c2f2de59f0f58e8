"""The page of the checks, putting findings aside, and the counts on other pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from apps.checks import services
from apps.checks.models import Dismissal, Run
from apps.plans.access import access_for
from apps.plans.lifecycle import set_archived
from apps.plans.models import HiddenSection, Plan, Role, Verb
from apps.plans.sections import registry

NO_PRIMARY = "No segment is primary. Choose the one that you will win first."


def page(plan: Plan, name: str = "list") -> str:
    return reverse(f"checks:{name}", args=[plan.uid])


def signature_of(plan: Plan, person: Any, key: str = "market.no_primary") -> str:
    found = services.run(access_for(person, plan.uid))
    return next(one.signature for one in found.open if one.finding.key == key)


def put_aside(plan: Plan, as_: Any, owner: Any, reason: str = "We serve two equally.") -> str:
    signature = signature_of(plan, owner)
    response = as_("owner").post(page(plan), {"signature": signature, "reason": reason})
    assert response.status_code == 302
    return signature


def test_founders_come_to_the_very_field(broken_plan: Plan, as_: Any) -> None:
    html = as_("cofounder").get(page(broken_plan)).content.decode()
    assert NO_PRIMARY in html
    role = broken_plan_row(broken_plan, "team.role")
    assert reverse("plans:row", args=[broken_plan.uid, "team", "role", role.uid]) in html
    assert "#id_equity" in html


def broken_plan_row(plan: Plan, path: str) -> Any:
    _section, part = registry.part(path)
    return part.model.objects.filter(plan=plan).first()


@pytest.mark.parametrize("who", ["mentor", "viewer"])
def test_others_come_to_the_section_and_may_not_put_aside(
    who: str, broken_plan: Plan, as_: Any, owner: Any
) -> None:
    html = as_(who).get(page(broken_plan)).content.decode()
    assert NO_PRIMARY in html
    assert reverse("plans:section", args=[broken_plan.uid, "market"]) in html
    assert "/edit/" not in html and "id_equity" not in html
    assert "Dismiss this finding" not in html
    signature = signature_of(broken_plan, owner)
    assert (
        as_(who).post(page(broken_plan), {"signature": signature, "reason": "x"}).status_code == 403
    )
    assert not Dismissal.objects.exists()


def test_a_finding_is_put_aside_with_a_reason_and_brought_back(
    broken_plan: Plan, as_: Any, owner: Any
) -> None:
    before = services.current_run(access_for(owner, broken_plan.uid)).errors
    signature = put_aside(broken_plan, as_, owner)
    html = as_("mentor").get(page(broken_plan)).content.decode()
    assert "We serve two equally." in html and "1 finding dismissed" in html
    assert services.current_run(access_for(owner, broken_plan.uid)).errors == before - 1
    assert (
        as_("cofounder").post(page(broken_plan, "restore"), {"signature": signature}).status_code
        == 302
    )
    assert services.current_run(access_for(owner, broken_plan.uid)).errors == before
    verbs = list(broken_plan.activity.order_by("pk").values_list("verb", flat=True))[-2:]
    assert verbs == [Verb.DISMISSED, Verb.REOPENED]


def test_what_it_is_about_changes_and_it_is_asked_again(
    broken_plan: Plan, as_: Any, owner: Any
) -> None:
    signature = signature_of(broken_plan, owner, "team.equity_over_100")
    as_("owner").post(page(broken_plan), {"signature": signature, "reason": "Not yet agreed."})
    assert "Not yet agreed." in as_("owner").get(page(broken_plan)).content.decode()
    _section, part = registry.part("team.role")
    row = part.model.objects.filter(plan=broken_plan, equity=80).first()
    part.model.objects.filter(pk=row.pk).update(equity=90)
    html = as_("owner").get(page(broken_plan)).content.decode()
    assert "Not yet agreed." not in html
    assert "It cannot be more than 100%." in html


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "a\x00b"])
def test_a_reason_that_cannot_be_kept_is_refused_beside_its_finding(
    reason: str, broken_plan: Plan, as_: Any, owner: Any
) -> None:
    signature = signature_of(broken_plan, owner)
    response = as_("owner").post(page(broken_plan), {"signature": signature, "reason": reason})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Dismissal.objects.exists()


def test_a_finding_that_is_gone_cannot_be_put_aside(broken_plan: Plan, as_: Any) -> None:
    response = as_("owner").post(
        page(broken_plan), {"signature": "f" * 64, "reason": "x"}, follow=True
    )
    assert "This finding is not open any more." in response.content.decode()
    response = as_("owner").post(
        page(broken_plan, "restore"), {"signature": "\x00" + "f" * 900}, follow=True
    )
    assert "This finding was no longer dismissed." in response.content.decode()


def test_the_first_of_two_reasons_stays(broken_plan: Plan, owner: Any) -> None:
    found = services.run(access_for(owner, broken_plan.uid)).open[0]
    for reason in ("first", "second"):
        services.dismiss(plan=broken_plan, checked=found, reason=reason, by=owner)
    assert Dismissal.objects.get().reason == "first"


def test_a_role_learns_nothing_of_a_section_hidden_from_it(broken_plan: Plan, as_: Any) -> None:
    HiddenSection.objects.create(plan=broken_plan, section="market", role=Role.MENTOR)
    html = as_("mentor").get(page(broken_plan)).content.decode()
    assert NO_PRIMARY not in html and "market" not in html.lower().replace("marketing", "")
    mentor_counts = Run.objects.get(plan=broken_plan, hidden="market")
    as_("owner").get(page(broken_plan))
    assert Run.objects.get(plan=broken_plan, hidden="").open > mentor_counts.open


def test_an_archived_plan_shows_its_checks_without_forms(
    broken_plan: Plan, as_: Any, owner: Any
) -> None:
    set_archived(plan=broken_plan, archived=True, by=owner)
    html = as_("owner").get(page(broken_plan)).content.decode()
    assert NO_PRIMARY in html and "Dismiss this finding" not in html and "/edit/" not in html


def test_the_plan_page_counts_what_is_open(broken_plan: Plan, as_: Any, owner: Any) -> None:
    html = as_("owner").get(reverse("plans:page", args=[broken_plan.uid])).content.decode()
    counted = Run.objects.get(plan=broken_plan)
    assert counted.errors >= 2
    assert f"{counted.errors} errors" in html


def test_the_navigation_asks_again_only_when_the_plan_changed(
    broken_plan: Plan, as_: Any, owner: Any
) -> None:
    people = reverse("plans:people", args=[broken_plan.uid])
    asks = f'hx-get="{page(broken_plan, "count")}"'
    assert asks in as_("owner").get(people).content.decode()
    counted = as_("owner").get(page(broken_plan, "count")).content.decode()
    assert f">{Run.objects.get().open}<" in counted
    assert asks not in as_("owner").get(people).content.decode()
    Plan.objects.filter(pk=broken_plan.pk).update(updated_at=timezone.now())
    assert asks in as_("owner").get(people).content.decode()


def test_yesterdays_counts_are_counted_again(
    broken_plan: Plan, as_: Any, time_machine: Any
) -> None:
    as_("owner").get(page(broken_plan))
    plan = Plan.objects.get(pk=broken_plan.pk)
    assert services.is_current(Run.objects.get(), plan)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert not services.is_current(Run.objects.get(), plan)


def test_a_check_that_raises_is_told_and_the_page_stands(
    broken_plan: Plan, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.checks.test_report import with_checks

    with_checks(monkeypatch, "team", lambda contents: 1 / 0)
    html = as_("owner").get(page(broken_plan)).content.decode()
    assert "The checks of “Team” could not be run" in html
    assert NO_PRIMARY in html
    assert as_("owner").get(reverse("plans:page", args=[broken_plan.uid])).status_code == 200


def test_queries_do_not_grow_with_rows(broken_plan: Plan, as_: Any) -> None:
    client, counts = as_("owner"), []
    _section, part = registry.part("market.segment")
    for rows in (5, 50):
        while (have := part.model.objects.filter(plan=broken_plan).count()) < rows:
            part.model.objects.create(plan=broken_plan, name=f"Segment {have}", position=have)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(broken_plan)).status_code == 200
        counts.append(len(queries))
    # The first run of all stores its counts, the next one writes over them.
    assert abs(counts[1] - counts[0]) <= 2
    assert counts[1] <= sum(len(section.parts) for section in registry) + 20


def test_the_page_reads_in_chinese(broken_plan: Plan, as_: Any, owner: Any) -> None:
    owner.language = "zh-hans"
    owner.save()
    with translation.override("zh-hans"):  # and back, for the next test
        html = as_("owner").get(page(broken_plan)).content.decode()
    assert "检查" in html and "搁置这条问题" in html and "Dismiss" not in html
