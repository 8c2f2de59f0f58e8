"""The section "Market": its parts, what its template shows, what it tells the whole plan."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.market import needs
from apps.market.checks import checks
from apps.market.figures import figures
from apps.market.forms import AnalysisForm, FactorForm, ForceForm, GroupForm, SegmentForm
from apps.market.models import Axis
from apps.market.overview import context
from apps.plans.choices import Stage
from apps.plans.sections import Section, Sheet, Table, register


def usual_factors() -> list[dict[str, object]]:
    """The factors that matter to most companies built on large models, 100 per axis."""
    attractiveness = (
        (gettext("Size"), 20), (gettext("Growth"), 20), (gettext("Margin"), 20),
        (gettext("Rivalry"), 15), (gettext("Regulation"), 10), (gettext("Data availability"), 15),
    )  # fmt: skip
    strength = (
        (gettext("Data access"), 25), (gettext("Domain skill"), 25), (gettext("Channel"), 20),
        (gettext("Cost advantage"), 15), (gettext("Brand"), 15),
    )  # fmt: skip
    return [
        *({"name": n, "axis": Axis.ATTRACTIVENESS.value, "weight": w} for n, w in attractiveness),
        *({"name": n, "axis": Axis.STRENGTH.value, "weight": w} for n, w in strength),
    ]


register(
    Section(
        name="market",
        title=_("Market"),
        lead=_("Who has the problem, how many of them there are, and who is served first."),
        order=10,
        context=context,
        checks=checks,
        figures=figures,
        summary_pictures=("sizing",),
        path=("segment", "group"),  # whose problem it is comes before the market as a whole
        parts=(
            Sheet(
                name="analysis",
                form=AnalysisForm,
                title=_("Market analysis"),
                intro=_("The market as a whole, in the world and at home."),
                needs=needs.analysis,
                quantified=("top_down",),
            ),
            Table(
                name="force",
                form=ForceForm,
                title=_("Opportunities and challenges"),
                singular=_("opportunity or challenge"),
                intro=_("What in this market works for you, and what against you."),
                columns=("statement", "kind", "driver", "horizon", "effect"),
                needs=needs.force,
                min_rows=2,
            ),
            Table(
                name="factor",
                form=FactorForm,
                title=_("Rating factors"),
                singular=_("factor"),
                intro=_("What makes a segment attractive, and what makes you strong in it. The "
                        "weights of each axis sum to 100."),
                columns=("name", "axis", "weight"),
                needs=("name", "axis", "weight"),
                since=Stage.PRE_SEED,
                min_rows=2,
                starters=usual_factors,
            ),
            Table(
                name="segment",
                form=SegmentForm,
                title=_("Segments"),
                singular=_("segment"),
                intro=_("Cut the market by industry and by application scenario, size each part "
                        "from the bottom up, rate it, and choose one to win first."),
                columns=("name", "industry", "scenario", "targeting", "som_text"),
                headings={"som_text": _("SOM per year, today")},
                needs=needs.segment,
                quantified=("procurement_months", "accounts", "acv", "reachable", "fit",
                            "obtainable", "growth"),
                pictures=("grid", "sizing", "standing"),
                min_rows=1,
                more_rows={Stage.SEED: 2},
            ),
            Table(
                name="group",
                form=GroupForm,
                title=_("Target customer groups"),
                singular=_("customer group"),
                intro=_("The people within a segment who decide and who use."),
                columns=("name", "segment", "buying_channels"),
                needs=needs.group,
                pictures=("needs",),
                min_rows=1,
            ),
        ),
    )
)  # fmt: skip
