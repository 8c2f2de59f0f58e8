"""What the section's page shows beyond its records, and its key figures. For section.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content
from apps.plans.display import show
from apps.plans.progress import is_filled
from apps.strategy import pictures, rules
from apps.strategy.checks import checks
from apps.strategy.choices import SupplyKind, SwotKind
from apps.strategy.models import BusinessModel, Competitor, Force
from apps.strategy.rules import Verdict
from apps.strategy.story import story


def context(content: Content) -> dict[str, Any]:
    axes, items = content["positioning_map"], content["swot"]
    return {
        "empty": not any(
            is_filled(getattr(record, name))
            for part, record in content.records()
            for name in part.fields
        ),
        "pictures": {
            "factors": pictures.factor_profile(content["factor"]),
            "positioning": pictures.positioning(axes, content["competitor"]),
            "forces": pictures.five_forces(content["force"]),
            "swot": pictures.swot(items),
        },
        "model_groups": model_groups(content),
        "map_facts": facts(content, "positioning_map", ("x_axis", "y_axis", "x", "y")),
        "moat_facts": facts(content, "moat"),
        "verdicts": verdict_counts(content),
        "mean_pressure": rules.mean(force.pressure for force in content["force"]),
        "concentration": concentrations(content),
        "swot_groups": [
            (label, found)
            for kind, label in [*SwotKind.choices, ("", _("Kind not chosen yet"))]
            if (found := rules.heaviest_first([item for item in items if item.kind == kind]))
        ],
        "warnings": [finding.message for finding in checks(content.contents)],
    }


def facts(content: Content, part_name: str, names: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What a sheet says, as (name, label, text), in the form's order."""
    part, record = content.section.part(part_name), content[part_name]
    return [
        {"name": name, "label": part.label(name), "text": show(record, name)}
        for name in names or part.fields
        if is_filled(getattr(record, name))
    ]


def model_groups(content: Content) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The business model block by block, in the groups of its form."""
    part = content.section.part("model")
    groups = [(title, facts(content, "model", names)) for title, names in part.form.groups]
    return [(title, blocks) for title, blocks in groups if blocks]


def verdict_counts(content: Content) -> list[tuple[str, int]]:
    """How many advantages have each verdict, the best first; those with none are left out."""
    found = [row.verdict for row in content["advantage"]]
    return [
        (str(verdict.label), found.count(verdict))
        for verdict in reversed(Verdict)
        if verdict in found
    ]


def concentrations(content: Content) -> list[tuple[str, Any]]:
    """(kind of supply, share of its largest supplier) where a share is known."""
    rows = [
        (label, rules.concentration(r.share for r in content["supplier"] if r.kind == kind))
        for kind, label in SupplyKind.choices
    ]
    return [(label, share) for label, share in rows if share is not None]


# --- Key figures ---------------------------------------------------------------------------------
def figures(content: Content) -> list[Figure]:
    forces, competitors = content["force"], content["competitor"]
    return [
        Figure("business_model", _("Value delivered"), text(content["model"]), "text",
               Place("strategy", "model", "", "value"), Topic.SOLUTION),
        Figure("sustained_advantages", _("Sustained advantages"), sustained(content), "number",
               Place("strategy", "advantage")),
        Figure("top_competitor", _("Strongest competitor"), named(top_competitors(competitors)),
               "text", Place("strategy", "competitor")),
        Figure("strongest_force", _("Strongest force"), named(top_forces(forces)), "text",
               Place("strategy", "force")),
        Figure("supplier_concentration", _("Largest dependence on one supplier"),
               rules.concentration(row.share for row in content["supplier"]), "percent",
               Place("strategy", "supplier")),
        Figure("price_held", _("Price that holds if the base model is free"),
               content["moat"].price_held, "percent", Place("strategy", "moat", "", "price_held")),
        *story(content),
    ]  # fmt: skip


def text(model: BusinessModel) -> str | None:
    """The first line of what the company delivers."""
    return model.value.strip().partition("\n")[0].strip() or None


def sustained(content: Content) -> int | None:
    """None while no advantage has a verdict."""
    found = [row.verdict for row in content["advantage"] if row.verdict]
    return found.count(Verdict.SUSTAINED) if found else None


def top_competitors(competitors: list[Competitor]) -> list[Competitor]:
    return [competitors[at] for at in rules.strongest(row.threat for row in competitors)]


def top_forces(forces: list[Force]) -> list[Force]:
    return [forces[at] for at in rules.strongest(row.pressure for row in forces)]


def named(rows: list[Any]) -> str | None:
    """The names of equals, joined; None where there is none."""
    return " · ".join(str(row) for row in rows) or None
