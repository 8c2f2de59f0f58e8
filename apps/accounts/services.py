"""What a person may do with their own data: take it along, or delete it with the account."""

from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.models import User


def owned_plans(user: User) -> QuerySet:
    """The plans that go when their owner goes.

    Found by name: this app is below plans and must not import it.
    """
    plans = apps.get_model("plans", "Plan").objects
    return plans.filter(memberships__user=user, memberships__role="owner")


def personal_data(user: User) -> dict[str, Any]:
    """Everything kept about a person as such. Plans are exported from the plans themselves."""
    memberships = user.memberships.select_related("plan").order_by("created_at")
    return {
        "person": {
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "joined": user.date_joined,
            "last_sign_in": user.last_login,
        },
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "plans": [
            {
                "uid": membership.plan.uid,
                "title": membership.plan.title,
                "role": membership.role,
                "since": membership.created_at,
            }
            for membership in memberships
        ],
    }


@transaction.atomic
def delete_account(*, user: User) -> None:
    """Plans first: the cascade of the person alone would leave plans without an owner."""
    for plan in owned_plans(user):
        plan.delete()
    user.delete()


@transaction.atomic
def create_verified_user(*, email: str, password: str, **fields: Any) -> User:
    """A person whose address needs no proof: demo sign-ins and tests."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
