"""The section "Funding": its parts, what its template shows, what it tells the whole plan."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.funding.checks import checks, consequences
from apps.funding.forms import (
    AssumptionsForm,
    CostForm,
    DeclaredForm,
    HolderForm,
    RoundForm,
    ScenarioForm,
    StreamForm,
    UseForm,
)
from apps.funding.models import Assumptions, Round, Stream
from apps.funding.overview import context, figures
from apps.funding.starters import usual_costs, usual_holders, usual_scenarios, usual_uses
from apps.funding.workbook import workbook
from apps.plans.choices import Stage
from apps.plans.sections import Section, Sheet, Table, register
from apps.plans.stages import reached


def assumptions_needs(sheet: Assumptions) -> tuple[str, ...]:
    """An idea knows the cash it starts with; how it means to be financed, whoever raises."""
    needs = ["opening_cash"]
    if reached(Stage.PRE_SEED, sheet):
        needs += ["receivable_months", "strategy"]
    if reached(Stage.SEED, sheet):
        needs.append("fallback")
    if reached(Stage.GROWTH, sheet):
        needs.append("tax")
    return tuple(needs)


def stream_needs(stream: Stream) -> tuple[str, ...]:
    """An idea needs a price and the tokens behind it, 0 where no model is used; from pre-seed on
    the customers, from seed on the churn. A growing company has customers: it says how it knows
    how many of them leave."""
    needs = ["pricing", "price", "tokens"]
    if reached(Stage.PRE_SEED, stream):
        needs.append("start")
        if not stream.follows:
            needs.append("new" if stream.customers is None else "customers")
    if reached(Stage.SEED, stream):
        needs.append("segment")
        if not stream.follows:
            needs.append("churn")
    if reached(Stage.GROWTH, stream) and not stream.follows:
        needs.append("churn__basis")
    return tuple(needs)


def round_needs(round: Round) -> tuple[str, ...]:
    needs = ["instrument", "month", "amount"]
    if round.dilutes and reached(Stage.PRE_SEED, round):
        needs.append("pre_money")
    return tuple(needs)


register(
    Section(
        name="funding",
        title=_("Funding"),
        lead=_("What the plan earns and costs month by month, how long the money lasts, and who "
               "gives it."),
        order=80,
        context=context,
        checks=checks,
        consequences=consequences,
        figures=figures,
        workbook=workbook,
        summary_pictures=("cash",),
        parts=(
            Sheet(
                name="assumptions",
                form=AssumptionsForm,
                title=_("Assumptions"),
                intro=_("What the whole model rests on. Every change shows its effect below."),
                needs=assumptions_needs,
                quantified=("opening_cash", "tax", "inference_price"),
                panel="funding/_panel.html",
                pictures=("cash",),
            ),
            Table(
                name="stream",
                form=StreamForm,
                title=_("Revenue streams"),
                singular=_("revenue stream"),
                intro=_("What customers pay for, how many of them there are, and how many stay."),
                columns=("name", "segment", "pricing", "price_text", "start"),
                headings={"price_text": _("Price")},
                needs=stream_needs,
                quantified=("price", "customers", "new", "growth", "churn", "tokens", "variable",
                            "attach"),
                min_rows=1,
                panel="funding/_panel.html",
                pictures=("revenue",),
            ),
            Table(
                name="cost",
                form=CostForm,
                title=_("Costs of your own"),
                singular=pgettext_lazy("funding", "cost"),
                intro=_("Only what no other section declares. Payroll, channels, model runs and "
                        "risk actions are summed from there."),
                columns=("name", "category", "amount", "start", "end"),
                needs=("category", "amount"),
                quantified=("amount", "growth"),
                min_rows=1,
                more_rows={Stage.SEED: 3},
                starters=usual_costs,
                panel="funding/_panel.html",
                pictures=("costs",),
            ),
            Sheet(
                name="declared",
                form=DeclaredForm,
                title=_("Costs from other sections"),
                intro=_("Each with its origin. Leave out a kind that a line of your own covers."),
                panel="funding/_panel_declared.html",
            ),
            Table(
                name="round",
                form=RoundForm,
                title=_("Rounds"),
                singular=_("funding round"),
                intro=_("Money from outside, whatever its form."),
                columns=("name", "instrument", "month", "amount", "share_text"),
                headings={"share_text": _("Share sold")},
                needs=round_needs,
                since=Stage.PRE_SEED,
                quantified=("amount", "pre_money"),
                min_rows=1,
                panel="funding/_panel.html",
                pictures=("cash",),
            ),
            Table(
                name="use",
                form=UseForm,
                title=_("Use of funds"),
                singular=_("use of funds"),
                intro=_("What each round buys. Its shares sum to 100 %."),
                columns=("purpose", "round", "share", "amount_text"),
                headings={"amount_text": _("Amount")},
                needs=("round", "share", "detail"),
                since=Stage.PRE_SEED,
                min_rows=1,
                starters=usual_uses,
                panel="funding/_panel_use.html",
                pictures=("use_of_funds",),
            ),
            Table(
                name="holder",
                form=HolderForm,
                title=_("Shareholders today"),
                singular=_("shareholder"),
                intro=_("Who owns the company before the first round of this plan."),
                columns=("name", "kind", "shares", "percent_text"),
                headings={"percent_text": _("Share before the rounds")},
                needs=("kind", "shares"),
                since=Stage.PRE_SEED,
                min_rows=1,
                starters=usual_holders,
                panel="funding/_panel_captable.html",
                pictures=("cap_table",),
            ),
            Table(
                name="scenario",
                form=ScenarioForm,
                title=_("Scenarios"),
                singular=_("scenario"),
                intro=_("Factors upon the plan as written. 1, or nothing, leaves it so."),
                columns=("name", "case", "price", "new_customers", "delay"),
                needs=("case",),
                since=Stage.SEED,
                min_rows=2,
                more_rows={Stage.GROWTH: 3},
                starters=usual_scenarios,
                panel="funding/_panel_scenarios.html",
                pictures=("cash", "tornado", "survival"),
            ),
        ),
    )
)  # fmt: skip
