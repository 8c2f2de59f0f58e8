"""Every URL under a plan × every person × GET and POST: 404 for strangers, 403 for members without
the right, never an error; and every such view is decided by the one mixin."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.plans.access import ACTIONS, WRITES, PlanMixin
from apps.plans.models import HiddenSection, Membership, Plan, Role
from apps.plans.sections import registry

# Pages under /plans/ that belong to no plan, each with the reason it needs no plan's permission.
NOT_A_PLAN = {
    "plans:list",  # only the person's own plans
    "plans:create",  # anybody signed in
    "plans:invitation",  # the token is the right
    "transfer:schema",  # public: the format of every plan's document
    "transfer:format",  # public, explains it
    "transfer:new",  # anybody signed in
}


def plan_patterns() -> Iterator[tuple[str, URLPattern]]:
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == "plans/":
            for pattern in resolver.url_patterns:
                yield f"{resolver.namespace}:{pattern.name}", pattern


PATTERNS = dict(plan_patterns())


def view_of(name: str) -> Any:
    return PATTERNS[name].callback.view_class


def address(name: str, plan: Plan) -> str:
    """The URL of ``name`` with something that exists, or could, in every place."""
    section = next(section for section in registry if any(p.is_table for p in section.parts))
    wants_sheet = name == "plans:sheet"
    part = next(part for part in section.parts if part.is_table != wants_sheet)
    values = {
        "plan": plan.uid,
        "section": section,
        "part": part.name,
        "row": "notthere",
        "member": 0,
        "invitation": "notthere",
        "export": "notthere",
        "thread": "notthere",
        "comment": "notthere",
        "asking": "notthere",
        "review": "notthere",
        "criterion": "notthere",
        "link": "notthere",
        "change": "notthere",
        "older": 1,
        "newer": 1,
        "version": 1,
        "number": 1,
    }
    needed = PATTERNS[name].pattern.converters
    return reverse(name, kwargs={key: values[key] for key in needed})


def test_every_plan_url_is_behind_the_mixin_and_names_its_actions() -> None:
    assert len(PATTERNS) > 25
    for name in PATTERNS.keys() - NOT_A_PLAN:
        view = view_of(name)
        assert issubclass(view, PlanMixin), name
        for method in ("GET", "POST"):
            if hasattr(view, method.lower()):
                assert view.action_for(method) in ACTIONS, name


PLAN_URLS = sorted(PATTERNS.keys() - NOT_A_PLAN)
WHO = ["owner", "cofounder", "mentor", "viewer", "stranger"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", PLAN_URLS)
def test_the_table_decides(name: str, who: str, plan: Plan, as_: Any) -> None:
    view, client = view_of(name), as_(who)
    for method in ("GET", "POST"):
        if not hasattr(view, method.lower()):
            continue
        response = client.generic(method, address(name, plan))
        allowed = who != "stranger" and Role(who) in ACTIONS[view.action_for(method)]
        if who == "stranger":
            assert response.status_code == 404, (method, name)
            assert plan.title not in response.content.decode()
        elif allowed:
            # The row, person or file itself need not be there; the right is.
            assert response.status_code in {200, 302, 404, 409, 422}, (method, name)
        else:
            assert response.status_code == 403, (method, name)


@pytest.mark.parametrize("name", PLAN_URLS)
def test_somebody_not_signed_in_is_asked_to_sign_in(name: str, plan: Plan, as_: Any) -> None:
    client = as_("nobody")
    response = client.get(address(name, plan))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")
    posted = client.post(address(name, plan), {"pitch": "Three hours of typing"})
    assert posted.status_code == 401
    assert "Three hours of typing" in posted.content.decode()


POST_ONLY = [name for name in PLAN_URLS if not hasattr(view_of(name), "get")]


@pytest.mark.parametrize("name", POST_ONLY)
def test_what_only_a_button_does_says_so_when_opened_as_a_page(
    name: str, plan: Plan, as_: Any
) -> None:
    opened = as_("owner").get(address(name, plan))
    assert opened.status_code == 405 and "POST" in opened["Allow"]
    assert "Nothing was changed" in opened.text
    back = opened.context["back"]
    assert back.startswith("/plans/") and f'href="{back}"' in opened.text
    assert as_("stranger").get(address(name, plan)).status_code == 404


SECTION_URLS = [name for name in PLAN_URLS if "section" in PATTERNS[name].pattern.converters]


@pytest.mark.parametrize("name", SECTION_URLS)
def test_a_hidden_section_does_not_exist_for_the_role(name: str, plan: Plan, as_: Any) -> None:
    for section in registry:
        HiddenSection.objects.create(plan=plan, section=section.name, role=Role.COFOUNDER)
    view = view_of(name)
    method = "GET" if hasattr(view, "get") else "POST"
    assert as_("cofounder").generic(method, address(name, plan)).status_code == 404
    assert as_("owner").generic(method, address(name, plan)).status_code != 403


@pytest.mark.parametrize("action", sorted(WRITES))
def test_an_archived_plan_cannot_be_written(action: str, plan: Plan, as_: Any) -> None:
    from apps.plans import lifecycle

    owner = plan.memberships.get(role=Role.OWNER).user
    lifecycle.set_archived(plan=plan, archived=True, by=owner)
    tried = 0
    for name in PLAN_URLS:
        view = view_of(name)
        for method in ("GET", "POST"):
            if hasattr(view, method.lower()) and view.action_for(method) == action:
                response = as_("owner").generic(method, address(name, plan))
                assert response.status_code == 403, (method, name)
                tried += 1
    assert tried


def test_an_action_unknown_to_the_table_is_refused(plan: Plan) -> None:
    from apps.plans.access import Access

    access = Access(plan=plan, role=Role.OWNER)
    assert not access.may("plan.sell")


def test_a_role_that_is_taken_away_ends_at_once(plan: Plan, as_: Any) -> None:
    client = as_("mentor")
    page = reverse("plans:page", args=[plan.uid])
    assert client.get(page).status_code == 200
    Membership.objects.filter(plan=plan, role=Role.MENTOR).delete()
    assert client.get(page).status_code == 404
