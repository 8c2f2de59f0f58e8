"""What is wrong with a team: findings for the whole plan, sentences for the section's own page.

Used by section.py only.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.choices import Stage
from apps.plans.contents import Content, Contents
from apps.plans.stages import reached
from apps.team import rules


def checks(contents: Contents) -> list[Finding]:
    return find(contents.section("team"), timezone.localdate())


def find(content: Content, today: date) -> list[Finding]:
    """Every broken rule of the section as of ``today``."""
    roles = {role.uid: role for role in content["role"]}
    found: list[Finding] = []
    for row in content["responsibility"]:
        found += _raci_row(row, roles, today)
    found += _equity(content["role"])
    found += _cycles(roles)
    for row in content["training"]:
        if row.date is None and reached(Stage.PRE_SEED, row):
            found.append(
                Finding(
                    "team.training_without_date",
                    "hint",
                    _("The training “%(name)s” has no date. Set one, or it will not happen.")
                    % {"name": row},
                    (Place("team", "training", row.uid, "date"),),
                )
            )
    return found


def _raci_row(row: Any, roles: dict[str, Any], today: date) -> Iterator[Finding]:
    """The three rules of one row of the responsibility matrix, from the first hires on."""
    if not reached(Stage.PRE_SEED, row):
        return

    def place(field: str) -> Place:
        return Place("team", "responsibility", row.uid, field)

    named = {"name": row.name}
    if not rules.one_accountable(row):
        message = (
            _("“%(name)s” has nobody accountable. Choose exactly one role.")
            if not row.accountable
            else _("“%(name)s” has more than one role accountable. Choose exactly one.")
        )
        yield Finding("team.raci_accountable", "warning", message % named, (place("accountable"),))
    if not rules.someone_responsible(row):
        yield Finding(
            "team.raci_responsible",
            "warning",
            _("“%(name)s” has nobody responsible. Choose who does the work.") % named,
            (place("responsible"),),
        )
    # A role that is both A and R is told once.
    named_in = dict.fromkeys(row.accountable or [], "accountable")
    named_in |= dict.fromkeys(row.responsible or [], "responsible")
    for uid, field in named_in.items():
        role = roles.get(uid)
        if role is not None and rules.unfilled_at_start(role, today):
            yield Finding(
                "team.raci_role_unfilled",
                "warning",
                _(
                    "“%(name)s” rests on the role “%(role)s”, which should have started in "
                    "%(month)s and is not filled. Fill it, move its start or name another role."
                )
                % {"name": row.name, "role": role, "month": money.month(role.start)},
                (place(field), Place("team", "role", uid, "status")),
            )


def _equity(roles: list[Any]) -> Iterator[Finding]:
    total = rules.total(role.equity for role in roles)
    if total is not None and total > rules.HUNDRED:
        places = tuple(Place("team", "role", role.uid, "equity") for role in roles if role.equity)
        yield Finding(
            "team.equity_over_100",
            "error",
            _("The roles hold %(total)s of the equity together. It cannot be more than 100%%.")
            % {"total": money.percent(total)},
            places,
        )


def _cycles(roles: dict[str, Any]) -> Iterator[Finding]:
    parents = {uid: role.reports_to for uid, role in roles.items()}
    for circle in rules.cycles(parents):
        yield Finding(
            "team.reporting_cycle",
            "error",
            _("These roles report to one another in a circle: %(names)s. Let one report higher.")
            % {"names": " → ".join(str(roles[uid]) for uid in [*circle, circle[0]])},
            tuple(Place("team", "role", uid, "reports_to") for uid in circle),
        )


def warnings(content: Content) -> list[str]:
    """What the section's page says above its figures: broken rules, and what the sums leave out."""
    found = [
        str(finding.message)
        for finding in find(content, timezone.localdate())
        if finding.severity != "hint"
    ]
    unknown = [_lacking(role) for role in content["role"] if role.missing]
    if unknown:
        found.append(
            _("Payroll leaves out roles of which something is missing: %(names)s.")
            % {"names": _(", ").join(unknown)}
        )
    return found


def _lacking(role: Any) -> str:
    """The role, and what nobody has said of it."""
    labels = [str(role._meta.get_field(name).verbose_name) for name in role.missing]
    return _("%(role)s (%(fields)s)") % {"role": role, "fields": _(", ").join(labels)}
