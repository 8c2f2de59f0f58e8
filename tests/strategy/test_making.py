"""“Make this a risk”: a challenge becomes a row of the risk register, once, and is linked to it."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from apps.plans import making, services
from apps.plans.contents import load
from apps.plans.document import dump_record
from apps.plans.making import make_row
from apps.plans.models import Activity, HiddenSection, Plan, Role, Verb
from apps.plans.sections import registry

SECTION = registry["strategy"]
PART = SECTION.part("challenge")
(MAKE,) = PART.makes


@pytest.fixture
def challenge(plan: Plan, owner: Any) -> Any:
    row = PART.model(
        plan=plan, uid="talent", name="Talent", description="Too few people.", exposure=5,
        answer="Train our own.",
    )  # fmt: skip
    blank = dump_record(PART, PART.model(plan=plan))
    return services.save_record(
        section=SECTION, part=PART, record=row, before=blank, base=0, by=owner
    )  # fmt: skip


def url_of(plan: Plan, row: str = "talent", part: str = "challenge") -> str:
    return reverse("plans:make", args=[plan.uid, SECTION, part, row])


def press(client: Client, plan: Plan, **kwargs: str) -> Any:
    return client.post(url_of(plan, **kwargs), {"link": "risk"})


def risks_of(plan: Plan) -> list[Any]:
    return load(plan).part("risks.risk")


def test_what_is_taken_over_are_fields_of_the_target(challenge: Any) -> None:
    _section, target = registry.part(making.target_of(PART, MAKE))
    assert set(MAKE.values(challenge)) <= set(target.fields)


@time_machine.travel("2027-01-15 12:00:00+00:00")
def test_one_click_makes_a_risk_and_leads_to_it(
    plan: Plan, challenge: Any, as_: Callable[[str], Client]
) -> None:
    response = press(as_("cofounder"), plan)
    (risk,) = risks_of(plan)
    page = reverse("plans:row", args=[plan.uid, registry["risks"], "risk", risk.uid])
    assert (response.status_code, response["Location"]) == (302, page)
    assert (risk.name, risk.cause, risk.section) == ("Talent", "Too few people.", "strategy")
    assert (risk.response, str(risk.identified_on)) == ("mitigate", "2027-01-15")
    assert risk.updated_by.name == "Carl"
    row = load(plan).find("strategy.challenge", "talent")
    assert row.risk_ref.row == risk
    assert row.revision == 2
    assert as_("cofounder").get(page).status_code == 200


def test_both_ends_are_logged(plan: Plan, challenge: Any, as_: Callable[[str], Client]) -> None:
    press(as_("owner"), plan)
    (risk,) = risks_of(plan)
    edited, added = Activity.objects.filter(plan=plan).order_by("-pk")[:2]
    assert (added.verb, added.part, added.row) == (Verb.ADDED, "risk", risk.uid)
    assert (edited.verb, edited.part, edited.row) == (Verb.EDITED, "challenge", "talent")
    assert edited.changes == {"risk": ["", risk.uid]}


def test_the_second_click_leads_to_the_same_risk(
    plan: Plan, challenge: Any, as_: Callable[[str], Client]
) -> None:
    client = as_("owner")
    assert press(client, plan)["Location"] == press(client, plan)["Location"]
    assert len(risks_of(plan)) == 1


def test_two_clicks_at_the_same_moment_make_one_risk(
    plan: Plan, challenge: Any, owner: Any, cast: dict[str, Any]
) -> None:
    """Both have read the challenge before either has written."""
    mine, yours = (services.find_record(plan=plan, part=PART, row="talent") for _twice in "ab")
    first, new = make_row(section=SECTION, part=PART, row=mine, make=MAKE, by=owner)
    assert new
    with pytest.raises(services.Conflict):
        make_row(section=SECTION, part=PART, row=yours, make=MAKE, by=cast["cofounder"])
    assert risks_of(plan) == [first]


def test_whoever_is_second_is_led_to_what_the_first_made(
    plan: Plan, challenge: Any, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.plans.views import rows

    def beaten(**kwargs: Any) -> Any:
        monkeypatch.setattr(rows, "make_row", make_row)
        make_row(**{**kwargs, "row": services.find_record(plan=plan, part=PART, row="talent")})
        return make_row(**kwargs)

    monkeypatch.setattr(rows, "make_row", beaten)
    response = press(as_("owner"), plan)
    (risk,) = risks_of(plan)
    assert risk.uid in response["Location"]


def test_deleting_the_risk_undoes_it(
    plan: Plan, challenge: Any, as_: Callable[[str], Client]
) -> None:
    client = as_("owner")
    press(client, plan)
    (risk,) = risks_of(plan)
    client.post(reverse("plans:delete_row", args=[plan.uid, registry["risks"], "risk", risk.uid]))
    assert risks_of(plan) == []
    press(client, plan)
    (again,) = risks_of(plan)
    assert again.uid != risk.uid
    assert load(plan).find("strategy.challenge", "talent").risk == again.uid


def test_the_list_offers_it_and_then_leads_there(
    plan: Plan, challenge: Any, as_: Callable[[str], Client]
) -> None:
    client = as_("owner")
    page = reverse("plans:edit", args=[plan.uid, SECTION]) + "?part=challenge"
    before = client.get(page).content.decode()
    assert url_of(plan) in before
    assert escape("Make this a risk") in before
    made = press(client, plan)["Location"]
    after = client.get(page).content.decode()
    assert url_of(plan) not in after
    assert f'href="{made}"' in after


def test_a_hidden_register_is_neither_offered_nor_filled(
    plan: Plan, challenge: Any, as_: Callable[[str], Client]
) -> None:
    HiddenSection.objects.create(plan=plan, section="risks", role=Role.COFOUNDER)
    client = as_("cofounder")
    page = client.get(reverse("plans:edit", args=[plan.uid, SECTION]) + "?part=challenge")
    assert url_of(plan) not in page.content.decode()
    assert press(client, plan).status_code == 404
    assert risks_of(plan) == []


@pytest.mark.parametrize("who", ["mentor", "viewer"])
def test_readers_may_not(
    plan: Plan, challenge: Any, as_: Callable[[str], Client], who: str
) -> None:  # fmt: skip
    assert press(as_(who), plan).status_code == 403
    assert risks_of(plan) == []


@pytest.mark.parametrize(
    ("row", "part", "link"),
    [
        ("gone", "challenge", "risk"),
        ("talent", "challenge", "owner"),
        ("talent", "challenge", ""),
        ("talent", "factor", "risk"),
        ("talent", "moat", "risk"),
    ],
)
def test_what_is_not_there_is_not_found(
    plan: Plan, challenge: Any, as_: Callable[[str], Client], row: str, part: str, link: str
) -> None:
    response = as_("owner").post(url_of(plan, row=row, part=part), {"link": link})
    assert response.status_code == 404
    assert risks_of(plan) == []
