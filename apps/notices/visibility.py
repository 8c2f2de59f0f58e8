"""Which notices exist for their reader today: on every page, in every count and in every mail."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.notices.kinds import KINDS
from apps.notices.models import Notice
from apps.plans.access import FOUNDERS
from apps.plans.models import HiddenSection


def visible(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those whose reader is still on the plan, sees the section and is among whom it is meant for.
    Adds the reader's ``role``; one query, whatever the plans."""
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("plan"), section=OuterRef("section"), role=OuterRef("role")
    )
    of_members = notices.filter(plan__memberships__user=F("recipient"), kind__in=KINDS)
    with_role = of_members.annotate(role=F("plan__memberships__role"))
    return with_role.filter(Q(founders_only=False) | Q(role__in=FOUNDERS)).exclude(Exists(hidden))
