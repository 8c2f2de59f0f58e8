"""The cast. Olivia owns the plan, Carl founds it with her, Mei mentors, Victor looks on, and Simon
is a stranger who must see nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import translation
from hypothesis import settings

from apps.accounts.models import User
from apps.core.ops import catalogues
from apps.plans import samples, services
from apps.plans.models import Membership, Plan, Role
from apps.plans.sections import registry

CAST = {
    "owner": "Olivia",
    "cofounder": "Carl",
    "mentor": "Mei",
    "viewer": "Victor",
    "stranger": "Simon",
}


def pytest_configure() -> None:
    """A fresh checkout has no compiled translations, and after an edit they are stale. Examples of
    properties have no time limit: a busy machine would fail them."""
    catalogues.compile_all()
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A request leaves its language active; no test may meet another one's."""
    with translation.override("en"):
        yield


def make_person(name: str, language: str = "en") -> User:
    email = f"{name.lower()}@example.com"
    user = User.objects.create_user(email, "a long password", name=name, language=language)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@pytest.fixture
def cast(db: Any) -> dict[str, User]:
    return {role: make_person(name) for role, name in CAST.items()}


@pytest.fixture
def owner(cast: dict[str, User]) -> User:
    return cast["owner"]


def add_members(plan: Plan, cast: dict[str, User]) -> Plan:
    for role in (Role.COFOUNDER, Role.MENTOR, Role.VIEWER):
        Membership.objects.create(plan=plan, user=cast[role.value], role=role)
    return plan


@pytest.fixture
def plan(cast: dict[str, User]) -> Plan:
    """A blank plan with everybody on it but the stranger."""
    return add_members(services.create_plan(by=cast["owner"], title="Blank plan"), cast)


@pytest.fixture
def sample_plan(cast: dict[str, User]) -> Plan:
    """The complete sample, in English, with everybody on it but the stranger."""
    document = samples.document("customer_service", "en")
    made = services.create_plan(by=cast["owner"], document=document, sample="customer_service")
    return add_members(made, cast)


@pytest.fixture
def as_(cast: dict[str, User]) -> Callable[[str], Client]:
    """as_("mentor") is a client signed in as that person; as_("nobody") is not signed in."""

    def client_of(role: str) -> Client:
        client = Client()
        if role != "nobody":
            client.force_login(cast[role], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_of


def all_parts() -> list[Any]:
    """Every (section, part), as pytest parameters."""
    return [
        pytest.param(section, part, id=f"{section.name}.{part.name}")
        for section in registry
        for part in section.parts
    ]


def all_sections() -> list[Any]:
    return [pytest.param(section, id=section.name) for section in registry]
