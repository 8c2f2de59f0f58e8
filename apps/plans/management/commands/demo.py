"""``manage.py demo``: the demo sign-ins and one sample plan in each language. Safe to run again."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from apps.accounts.models import User
from apps.plans import samples, services
from apps.plans.models import Membership, Role

SAMPLE = "customer_service"
FOUNDER, MENTOR = "founder@example.com", "mentor@example.com"


class Command(BaseCommand):
    help = "Create the demo founder and mentor with the sample plans (safe to run again)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--founder-password", required=True)
        parser.add_argument("--mentor-password", required=True)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        founder = person(FOUNDER, "Lin Yue", options["founder_password"])
        mentor = person(MENTOR, "Maria Keller", options["mentor_password"])
        held = set(founder.memberships.values_list("plan__sample", "plan__language"))
        for language in ("zh-hans", "en"):
            if (SAMPLE, language) in held:
                continue
            plan = services.create_plan(
                by=founder, document=samples.document(SAMPLE, language), sample=SAMPLE
            )
            Membership.objects.create(plan=plan, user=mentor, role=Role.MENTOR)


def person(email: str, name: str, password: str) -> User:
    """The demo account, with this password and a confirmed address."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user
