"""The pictures of the risk section. Used by section.py only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import charts, money
from apps.core.charts import Change, Curve, LevelItem, Mark, Picture
from apps.risks.models import Risk
from apps.risks.rules import Matrix, Rating
from apps.risks.simulation import Outcome


def heat_map(threats: list[Risk], matrix: Matrix, stage: str) -> Picture | None:
    """Where the threats stand in the matrix: "inherent", before any response, or "current"."""
    titles = {"inherent": _("Inherent rating"), "current": _("Current rating")}
    return charts.level_map(
        id=f"risks-heat-map-{stage}",
        title=titles[stage],
        items=[_spot(risk, getattr(risk, stage)) for risk in threats],
        levels=matrix.cells(),
        level_names=[f"{level.label} {low}–{high}" for level, low, high in matrix.ranges()],
        x_label=_("Impact"),
        y_label=_("Probability"),
        item_label=_("Risk"),
        place_label=titles[stage],
    )


def _spot(risk: Risk, rating: Rating) -> LevelItem:
    return LevelItem(str(risk.number), rating.impact, rating.probability)


def exceedance(losses: Outcome | None, currency: str) -> Picture | None:
    """How probable it is that the losses together exceed an amount."""
    if losses is None:
        return None

    def amount(value: Any) -> str:
        return money.short_money(value, currency)

    return charts.curves(
        id="risks-exceedance",
        title=_("Probability that all losses together exceed an amount"),
        curves=[Curve(_("Probability of exceeding"), losses.curve)],
        marks=[Mark(losses.p50, "P50"), Mark(losses.p80, "P80"), Mark(losses.p95, "P95")],
        x_label=_("Sum of losses"),
        y_label=_("Probability of exceeding"),
        format_x=amount,
        format_y=lambda value: money.percent(float(value) * 100, 0),
        y_range=(0, 1),
    )


def top_risks(top: list[Risk]) -> Picture | None:
    """The largest threats: score today and score aimed at."""
    return charts.dumbbell(
        id="risks-top",
        title=_("Top risks: current and target score"),
        changes=[
            Change(f"{risk.code} {risk}", risk.current.score, risk.target.score) for risk in top
        ],
        current_label=_("Current score"),
        target_label=pgettext("risks", "Target score"),
        low=0,
        high=25,
        format_value=_score,
        label_head=_("Risk"),
        width=640,
    )  # fmt: skip


def _score(value: Any) -> str:
    return money.number(value)
