"""The section "Strategy": its parts and what it tells the whole plan."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.choices import Stage
from apps.plans.sections import MakeRow, Section, Sheet, Table, register
from apps.strategy import forms, needs
from apps.strategy.checks import checks
from apps.strategy.models import Challenge
from apps.strategy.overview import context, figures
from apps.strategy.starters import five_forces, usual_challenges, usual_factors


def risk_of(challenge: Challenge) -> dict[str, Any]:
    """What the risk register takes over; ratings, owner and dates are written there."""
    values = {
        "name": challenge.name,
        "cause": challenge.description,
        "section": "strategy",
        "identified_on": timezone.localdate(),
    }
    # A threat with an answer is one that is being mitigated.
    return {**values, "response": "mitigate"} if challenge.answer.strip() else values


register(
    Section(
        name="strategy",
        title=_("Strategy"),
        lead=_("What decides whether you succeed, who stands against you, and why you win."),
        order=30,
        context=context,
        checks=checks,
        figures=figures,
        parts=(
            Table(
                name="factor",
                form=forms.FactorForm,
                title=_("Key success factors"),
                singular=_("success factor"),
                intro=_("What decides whether a company in this field lives, and how you do on "
                        "it today."),
                columns=("name", "score", "target", "next_step"),
                needs=needs.factor,
                since=Stage.PRE_SEED,
                min_rows=3,
                starters=usual_factors,
                pictures=("factors",),
            ),
            Table(
                name="challenge",
                form=forms.ChallengeForm,
                title=_("Key challenges"),
                singular=pgettext_lazy("strategy", "challenge"),
                intro=_("What may stop you. From an exposure of 4 on, make it a risk: then it "
                        "gets an owner and a review."),
                columns=("name", "exposure", "risk"),
                needs=("name", "exposure", "answer"),
                min_rows=2,
                more_rows={Stage.SEED: 3},
                starters=usual_challenges,
                makes=(MakeRow(link="risk", label=_("Make this a risk"), values=risk_of),),
            ),
            Sheet(
                name="model",
                form=forms.BusinessModelForm,
                title=_("Business model"),
                intro=_("Nine answers that must fit together: for whom, what, how, and who pays."),
                needs=needs.business_model,
            ),
            Sheet(
                name="positioning_map",
                form=forms.PositioningMapForm,
                title=_("Positioning map"),
                intro=_("Name the two axes first; then place yourself here and every competitor "
                        "in its own row."),
                needs=needs.positioning_map,
                since=Stage.PRE_SEED,
                pictures=("positioning",),
            ),
            Table(
                name="competitor",
                form=forms.CompetitorForm,
                title=_("Competitors"),
                singular=_("competitor"),
                intro=_("Everything your customers could do instead, platforms and open models "
                        "included."),
                columns=("name", "kind", "price", "segment", "threat"),
                needs=needs.competitor,
                quantified=("price",),
                min_rows=1,
                more_rows={Stage.PRE_SEED: 3, Stage.GROWTH: 5},
                pictures=("positioning",),
            ),
            Table(
                name="advantage",
                form=forms.AdvantageForm,
                title=_("Advantages"),
                singular=_("advantage"),
                intro=_("Four questions tell an advantage that lasts from one that does not: "
                        "valuable, rare, inimitable, organised (VRIO)."),
                columns=("claim", "kind", "segment", "verdict_text"),
                headings={"verdict_text": _("VRIO verdict")},
                needs=needs.advantage,
                min_rows=1,
                more_rows={Stage.PRE_SEED: 2, Stage.GROWTH: 3},
            ),
            Table(
                name="force",
                form=forms.ForceForm,
                title=_("Five forces"),
                singular=_("force"),
                intro=_("Who takes a share of the margin in this branch, and what you do "
                        "about it."),
                columns=("kind", "pressure", "answer"),
                needs=("kind", "pressure", "reason", "answer"),
                since=Stage.PRE_SEED,
                min_rows=5,
                starters=five_forces,
                pictures=("forces",),
            ),
            Table(
                name="supplier",
                form=forms.SupplierForm,
                title=_("Suppliers"),
                singular=_("supplier"),
                intro=_("How much of your compute, cloud and base model hangs on one supplier."),
                columns=("name", "kind", "share", "switch_weeks"),
                needs=needs.supplier,
                since=Stage.PRE_SEED,
                quantified=("share", "switch_weeks"),
                min_rows=1,
            ),
            Table(
                name="swot",
                form=forms.SwotForm,
                title=_("SWOT"),
                singular=_("SWOT item"),
                intro=_("Strengths and weaknesses are inside, opportunities and threats outside."),
                columns=("text", "kind", "weight"),
                needs=needs.swot,
                since=Stage.PRE_SEED,
                min_rows=4,
                pictures=("swot",),
            ),
            Table(
                name="tows",
                form=forms.TowsForm,
                title=_("TOWS: strategies from SWOT"),
                singular=_("strategy"),
                intro=_("What you do because of it. Every strategy uses at least one item from "
                        "inside and one from outside."),
                columns=("text", "quadrants", "items", "owner"),
                headings={"quadrants": _("Quadrant")},
                needs=needs.tows,
                since=Stage.PRE_SEED,
                min_rows=2,
            ),
            Sheet(
                name="moat",
                form=forms.MoatForm,
                title=_("Moat"),
                intro=_("What survives if the base model becomes ten times cheaper, or free?"),
                needs=needs.moat,
                since=Stage.PRE_SEED,
                quantified=("price_held",),
            ),
        ),
    )
)  # fmt: skip
