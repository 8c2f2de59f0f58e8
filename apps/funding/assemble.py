"""From the plan's content to the inputs of the model. Pure; reads other sections by path only.

Whatever is left out or taken as zero because a figure is missing is said in ``Assembly.notes``.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.funding.choices import COST_OF_REVENUE, RECURRING, SIGNED, Instrument, Pricing
from apps.funding.inputs import (
    HUNDRED,
    MONTHS,
    ONE,
    ZERO,
    CostInput,
    Inputs,
    Lack,
    RoundInput,
    StreamInput,
)
from apps.funding.withheld import Withheld, withheld
from apps.plans.checks import MonthlyCost, Place
from apps.plans.contents import Contents, figure
from apps.plans.sections import registry

SECTION = "funding"
PER = {Pricing.USAGE: "token", Pricing.LICENCE: "new"}


@dataclass(frozen=True)
class Assembly:
    """``declared``: every cost of other sections, also those that are switched off; ``unknown``:
    what costs something there, but nobody has said how much or when."""

    inputs: Inputs
    declared: tuple[MonthlyCost, ...]
    unknown: tuple[MonthlyCost, ...]
    left_out: frozenset[str]
    inference_place: Place
    notes: tuple[str, ...]


def assemble(contents: Contents) -> Assembly:
    notes: list[str] = []
    assumptions = contents.part("funding.assumptions")
    costs = declared_costs(contents)
    declared = tuple(cost for cost in costs if cost.amounts is not None)
    left_out = frozenset(contents.part("funding.declared").left_out or [])
    lacking: list[Lack] = []
    streams = _streams(contents, notes, lacking)
    price, place = _inference_price(contents, streams, notes)
    hidden = withheld(contents, assumptions.inference_price is not None)
    notes += _withheld_notes(hidden, streams)
    own = _own_costs(contents, notes)
    counted = [
        CostInput(cost.kind, cost.label, cost.amounts, cost.place)
        for cost in declared
        if cost.kind not in left_out
    ]
    rounds = _rounds(contents, notes)
    inputs = Inputs(
        opening=assumptions.opening_cash,
        streams=tuple(streams),
        costs=(*counted, *own),
        rounds=tuple(rounds),
        inference_price=price,
        api_share=_api_share(contents),
        wait=min(assumptions.receivable_months or 0, MONTHS),
        tax=share(assumptions.tax),
        withheld=hidden,
        lacking=tuple(lacking),
        unmetered=_unmetered(contents, streams),
    )
    unknown = tuple(cost for cost in costs if cost.amounts is None and cost.kind not in left_out)
    return Assembly(inputs, declared, unknown, left_out, place, tuple(notes))


def _withheld_notes(hidden: Withheld, streams: list[StreamInput]) -> list[str]:
    said = []
    if hidden.costs:
        said.append(_("EBITDA, break-even, cash and runway: %(why)s.") % {"why": hidden.costs})
    if hidden.inference and any(stream.tokens for stream in streams):
        said.append(_("Inference and gross margin: %(why)s.") % {"why": hidden.inference})
    if hidden.acquisition:
        said.append(_("CAC, LTV : CAC and payback: %(why)s.") % {"why": hidden.acquisition})
    return said


def declared_costs(contents: Contents) -> tuple[MonthlyCost, ...]:
    """What every other section that the reader may see declares."""
    return tuple(
        cost
        for content in contents.sections()
        if content.section.name != SECTION
        for cost in content.section.monthly_costs(content)
    )


def share(percent: Decimal | None) -> Decimal:
    return ZERO if percent is None else percent / HUNDRED


def month_index(start: date | None, day: date | None) -> int | None:
    """The calendar month of ``day`` counted from the plan's first one, which is 0."""
    if start is None or day is None:
        return None
    return (day.year - start.year) * 12 + day.month - start.month


# --- Revenue -------------------------------------------------------------------------------------
def _streams(contents: Contents, notes: list[str], lacking: list[Lack]) -> list[StreamInput]:
    first, found = contents.plan.start_month, []
    for row in contents.part("funding.stream"):
        source = row.base or row
        if missing := _missing(row):
            lacking.append(_lack(row, missing))
            notes.append(
                _("“%(row)s” is not counted: it lacks %(fields)s.")
                % {"row": row, "fields": lacking[-1].labels}
            )
            continue
        _zeros(row, notes)
        found.append(
            StreamInput(
                key=row.uid,
                name=row.name,
                price=row.price,
                source=source.uid,
                per=PER.get(row.pricing, "month"),
                recurring=row.pricing in RECURRING,
                start=max(0, month_index(first, source.start) or 0),
                sold=max(0, month_index(first, row.start) or 0),
                customers=source.customers or ZERO,
                new=source.new or ZERO,
                growth=share(source.growth),
                churn=share(source.churn),
                attach=ONE if not row.follows or row.attach is None else share(row.attach),
                tokens=row.tokens or ZERO,
                variable=share(row.variable),
            )
        )
    return found


def _missing(row: Any) -> tuple[str, ...]:
    """The fields without which nobody knows what the stream earns. Customers are those it has at
    the start or those it wins; one that follows another has the customers of that one."""
    names = ["pricing", "price"] + (["tokens"] if row.pricing == Pricing.USAGE else [])
    missing = [name for name in names if getattr(row, name) in (None, "")]
    if row.follows and (row.base is None or row.base.follows or _missing(row.base)):
        missing.append("follows")
    elif not row.follows and row.customers is None and row.new is None:
        missing.append("new")
    return tuple(missing)


def _lack(row: Any, fields: tuple[str, ...]) -> Lack:
    labels = [str(row._meta.get_field(name).verbose_name) for name in fields]
    return Lack(row.uid, row.name, fields, _(", ").join(labels))


def _unmetered(contents: Contents, streams: list[StreamInput]) -> tuple[Lack, ...]:
    """Those that say not even that their customers use no tokens, which would be 0."""
    earning = {one.key for one in streams}
    return tuple(
        _lack(row, ("tokens",))
        for row in contents.part("funding.stream")
        if row.uid in earning and row.tokens is None
    )


def _zeros(row: Any, notes: list[str]) -> None:
    """What a stream of its own customers leaves open is taken as zero, and said."""
    if not row.follows and row.churn is None:
        notes.append(_("“%(row)s” has no churn: no customer is ever lost.") % {"row": row})


def _inference_price(
    contents: Contents, streams: list[StreamInput], notes: list[str]
) -> tuple[Decimal | None, Place]:
    """One's own figure, or that of the technology section."""
    own = contents.part("funding.assumptions").inference_price
    if own is not None:
        return own, Place(SECTION, "assumptions", "", "inference_price")
    if "technology" in contents.hidden:
        return None, Place("technology")  # withheld.py says why
    price = figure(contents, "technology", "cost_per_million_tokens")
    if price is None and any(stream.tokens for stream in streams):
        notes.append(
            _(
                "Nobody knows yet what a million tokens cost, so margin, break-even and cash are "
                "unknown. Fill in serving in the technology section, or the figure in the "
                "assumptions."
            )
        )
    part = "serving" if registry.has("technology.serving") else ""
    return price, Place("technology", part)


def _api_share(contents: Contents) -> Decimal:
    """All of inference if the technology section serves through an API, else nothing."""
    if not registry.has("technology.serving") or "technology" in contents.hidden:
        return ZERO
    return ONE if contents.part("technology.serving").mode == "api" else ZERO


# --- Costs and rounds ----------------------------------------------------------------------------
def _own_costs(contents: Contents, notes: list[str]) -> list[CostInput]:
    costs = []
    for row in contents.part("funding.cost"):
        if row.amount is None:
            notes.append(_("“%(row)s” is not counted: it has no amount.") % {"row": row})
            continue
        group = row.category or "other"
        block = "revenue" if group in COST_OF_REVENUE else "running"
        place = Place(SECTION, "cost", row.uid, "amount")
        amounts = _amounts(row, contents.plan.start_month)
        costs.append(
            CostInput(group, row.name, amounts, place, "capital" if row.capital else block)
        )
    return costs


def _amounts(row: Any, first: date) -> tuple[Decimal, ...]:
    """The line month by month; it rises after every twelve months of it within the plan."""
    start = max(0, month_index(first, row.start) or 0)
    end = month_index(first, row.end)
    end = MONTHS - 1 if end is None else end
    rise = ONE + share(row.growth)
    steps = (row.amount, row.amount * rise, row.amount * rise * rise)
    return tuple(
        steps[(month - start) // 12] if start <= month <= end else ZERO for month in range(MONTHS)
    )


def _rounds(contents: Contents, notes: list[str]) -> list[RoundInput]:
    rounds = []
    for row in contents.part("funding.round"):
        month = month_index(contents.plan.start_month, row.month)
        if row.amount is None or month is None:
            notes.append(
                _("“%(row)s” is not counted: it lacks an amount or a month.") % {"row": row}
            )
            continue
        if not 0 <= month < MONTHS:
            notes.append(
                _("“%(row)s” lies outside the 36 months of the plan and is not counted.")
                % {"row": row}
            )
        loan = row.instrument == Instrument.LOAN
        rounds.append(
            RoundInput(
                row.uid, row.name, month, row.amount, row.status in SIGNED, loan,
                share(row.interest), row.term,
            )
        )  # fmt: skip
    return rounds
