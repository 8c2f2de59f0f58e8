"""The team section: who does what, who answers for what, and what the team costs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.checks import MonthlyCost, Place
from apps.plans.choices import Stage
from apps.plans.contents import Content
from apps.plans.display import show
from apps.plans.progress import is_filled
from apps.plans.sections import Section, Sheet, Table, register
from apps.team import checks, needs, pictures, rules
from apps.team.figures import figures as key_figures
from apps.team.forms import (
    CommunicationForm,
    IncentiveForm,
    OrganisationForm,
    ResponsibilityForm,
    RoleForm,
    SkillForm,
    TrainingForm,
)
from apps.team.models import Responsibility
from apps.team.starters import section_rows, usual_roles


def context(content: Content) -> dict[str, Any]:
    """Figures, pictures and the responsibility matrix for the section's template."""
    roles = content["role"]
    months = rules.timeline(roles, content.plan.start_month)
    return {
        "empty": not any(
            is_filled(getattr(record, name))
            for part, record in content.records()
            for name in part.fields
        ),
        "pictures": {
            "organisation": pictures.organisation(roles),
            "headcount": pictures.headcount(months, content.plan.currency),
        },
        "figures": figures(roles, months),
        "raci": raci(roles, content["responsibility"]),
        "gaps": sorted(
            (skill for skill in content["skill"] if (skill.gap or 0) > 0),
            key=lambda skill: -skill.gap,
        ),
        "role_sources": sources(content, "role"),
        "training_sources": sources(content, "training"),
        "answers": [skill for skill in content["skill"] if skill.answer],
        "proofs": [training for training in content["training"] if training.proof],
        "training_total": rules.total(row.cost for row in content["training"]),
        "warnings": checks.warnings(content),
    }


def figures(roles: list[Any], months: list[rules.Month]) -> dict[str, Any]:
    """Totals; None where nothing is known yet."""
    peak = max(months, key=lambda month: month.payroll)
    known = any(role.monthly_cost is not None and role.start for role in roles)
    return {
        "roles": len(roles),
        "filled": sum(role.filled for role in roles),
        "peak": peak if known else None,
        "first_year": sum((m.payroll for m in months[:12]), Decimal(0)) if known else None,
        "horizon": sum((m.payroll for m in months), Decimal(0)) if known else None,
        "equity": rules.total(role.equity for role in roles),
    }


def sources(content: Content, part_name: str) -> list[dict[str, Any]]:
    """The figures of a table that say where they come from."""
    part = content.section.part(part_name)
    return [
        {
            "record": record,
            "field": name,
            "label": record._meta.get_field(name).verbose_name,
            "figure": show(record, name),
        }
        for record in content[part_name]
        for name in part.quantified
        if record.evidence.get(name)
    ]


def raci(roles: list[Any], rows: list[Responsibility]) -> list[dict[str, Any]]:
    """Tables of at most eight roles beside each other: {"roles": […], "lines": [{row, cells}]}."""
    if not rows:
        return []
    return [
        {
            "roles": part,
            "lines": [
                {
                    "row": row,
                    "cells": [
                        {"role": role, "letters": rules.letters(row, role.uid)} for role in part
                    ],
                }
                for row in rows
            ],
        }
        for part in rules.columns(roles)
    ]


def monthly_costs(content: Content) -> list[MonthlyCost]:
    """Payroll of each role from its start, and each training in its month.

    A training may cost nothing, so one without a figure is none; a role always costs something.
    """
    first: date = content.plan.start_month
    costs = []
    for role in content["role"]:
        amounts = rules.payroll(role, first)
        known = None if amounts is None else tuple(amounts)
        place = Place("team", "role", role.uid)
        costs.append(MonthlyCost("payroll", str(role), known, place, role.missing, role.start))
    for row in content["training"]:
        amounts = rules.training_cost(row, first)
        if amounts is not None:
            place = Place("team", "training", row.uid)
            costs.append(MonthlyCost("training", str(row), tuple(amounts), place))
    return costs


register(
    Section(
        name="team",
        title=_("Team"),
        lead=_("Who does what, who answers for what, and what the team costs month by month."),
        order=70,
        context=context,
        checks=checks.checks,
        monthly_costs=monthly_costs,
        figures=key_figures,
        parts=(
            Sheet(
                name="organisation",
                form=OrganisationForm,
                title=_("Organisation"),
                intro=_("How the team is built, what it believes in and how it rewards people."),
                needs=needs.organisation,
                since=Stage.PRE_SEED,
                pictures=("organisation",),
            ),
            Table(
                name="role",
                form=RoleForm,
                title=pgettext_lazy("team", "Roles"),
                singular=pgettext_lazy("team", "role"),
                intro=_("Every place in the team for the next three years, filled or not."),
                needs=needs.role,
                quantified=("salary", "on_cost", "equity"),
                columns=("title", "person", "status", "start", "monthly_cost"),
                headings={"monthly_cost": _("Payroll a month")},
                min_rows=1,
                more_rows={Stage.PRE_SEED: 3, Stage.GROWTH: 5},
                starters=usual_roles,
                pictures=("organisation", "headcount"),
            ),
            Table(
                name="skill",
                form=SkillForm,
                title=_("Skills"),
                singular=_("skill"),
                intro=_("What the plan depends on, what is there, and what is missing."),
                needs=("skill", "role", "needed"),
                since=Stage.PRE_SEED,
                columns=("skill", "role", "needed", "held", "gap"),
                headings={"gap": _("Gap")},
                min_rows=1,
            ),
            Table(
                name="responsibility",
                form=ResponsibilityForm,
                title=_("Responsibilities"),
                singular=_("responsibility"),
                intro=_(
                    "The RACI matrix: who does the work (R), who answers for it (A), who is asked "
                    "(C) and who is told (I)."
                ),
                needs=needs.responsibility,
                since=Stage.PRE_SEED,
                columns=("name", "responsible", "accountable", "consulted", "informed"),
                headings={"name": _("Subject")},
                min_rows=1,
                starters=section_rows,
            ),
            Table(
                name="communication",
                form=CommunicationForm,
                title=_("Communication"),
                singular=_("communication"),
                intro=_("Where the team talks, how often, and who sees to it."),
                needs=("purpose", "tool", "participants", "rhythm", "owner"),
                since=Stage.SEED,
                columns=("purpose", "tool", "participants", "rhythm", "owner"),
                min_rows=1,
            ),
            Table(
                name="incentive",
                form=IncentiveForm,
                title=_("Incentives"),
                singular=_("incentive"),
                intro=_("What the company rewards, and how."),
                needs=("name", "kind", "goal", "rule", "reward"),
                since=Stage.SEED,
                columns=("name", "kind", "roles", "reward"),
                min_rows=1,
            ),
            Table(
                name="training",
                form=TrainingForm,
                title=_("Training"),
                singular=_("training"),
                intro=_("How people learn what the plan needs; costs fall into the month."),
                needs=needs.training,
                since=Stage.PRE_SEED,
                quantified=("cost",),
                columns=("skill", "roles", "provider", "date", "cost"),
                more_rows={Stage.SEED: 1, Stage.GROWTH: 2},
            ),
        ),
    )
)
