"""Running the checks for one reader, counting them, putting findings aside. Used by the views and
tags of this app and by exports."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.checks.models import Dismissal, Run
from apps.checks.report import Checked, Report, report
from apps.plans.access import Access
from apps.plans.contents import Contents, load
from apps.plans.models import Plan, Verb
from apps.plans.services import log


def run(access: Access, contents: Contents | None = None) -> Report:
    """The plan's findings as this person may know them. Keeps the counts for other pages.

    One query a part of every visible section, however many rows they have; none if the page has
    read this person's ``contents`` already.
    """
    dismissals = Dismissal.objects.filter(plan=access.plan).select_related("by")
    contents = contents or load(access.plan, access.hidden)
    made = report(contents, {one.signature: one for one in dismissals})
    Run.objects.update_or_create(
        plan=access.plan,
        hidden=hidden_key(access),
        defaults={
            "errors": made.count("error"),
            "warnings": made.count("warning"),
            "hints": made.count("hint"),
            # As it was before the contents were read: an edit meanwhile makes this run an old one.
            "plan_updated_at": access.plan.updated_at,
            "day": timezone.localdate(),
        },
    )
    return made


def hidden_key(access: Access) -> str:
    return ",".join(sorted(access.hidden))


def last_run(access: Access) -> Run | None:
    """What was counted last; it may be older than the plan. One query."""
    return Run.objects.filter(plan=access.plan, hidden=hidden_key(access)).first()


def is_current(counted: Run | None, plan: Plan) -> bool:
    return (
        counted is not None
        and counted.plan_updated_at == plan.updated_at
        and counted.day == timezone.localdate()
    )


def current_run(access: Access, contents: Contents | None = None) -> Run:
    """The counts as of now: the kept ones, or those of a new run."""
    counted = last_run(access)
    if not is_current(counted, access.plan):
        run(access, contents)
        counted = last_run(access)
    # None only if a dismissal cleared it between the two queries.
    return counted or Run(plan=access.plan)


@transaction.atomic
def dismiss(*, plan: Plan, checked: Checked, reason: str, by: Any) -> None:
    """Put a finding aside. Two people at once: the first reason stays."""
    Dismissal.objects.get_or_create(
        plan=plan,
        signature=checked.signature,
        defaults={"key": checked.finding.key, "reason": reason, "by": by},
    )
    _forget_counts(plan)
    _log(plan, by, Verb.DISMISSED, checked.finding.key)


@transaction.atomic
def bring_back(*, plan: Plan, signature: str, by: Any) -> bool:
    """Ask again. False if it was not put aside (any more)."""
    dismissal = Dismissal.objects.filter(plan=plan, signature=signature).first()
    if dismissal is None:
        return False
    dismissal.delete()
    _forget_counts(plan)
    _log(plan, by, Verb.REOPENED, dismissal.key)
    return True


def _forget_counts(plan: Plan) -> None:
    Run.objects.filter(plan=plan).delete()


def _log(plan: Plan, by: Any, verb: str, key: str) -> None:
    # Without the sentence: it may name what some readers of the section must not see.
    log(plan=plan, by=by, verb=verb, section=key.partition(".")[0])


def dismissals_of(plan: Plan) -> dict[str, str]:
    """{signature: reason} of everything put aside, for a PDF."""
    return dict(Dismissal.objects.filter(plan=plan).values_list("signature", "reason"))
