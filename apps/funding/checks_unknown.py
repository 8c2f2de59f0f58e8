"""What costs something nobody has said yet: left out, it would make the plan look better. Used by
checks.py and headlines.py."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.funding.assemble import SECTION
from apps.funding.choices import cost_label
from apps.funding.inputs import Inputs
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, MonthlyCost, Place
from apps.plans.choices import Stage
from apps.plans.stages import from_stage

MOST_NAMED = 5


def inference_unknown(outlook: Outlook) -> Iterator[Finding]:
    """Without it margin, LTV, break-even and cash would look better than they are; so they are
    unknown, and this says why."""
    inputs = outlook.assembly.inputs
    if inputs.inference_known or inputs.withheld.inference:
        return
    if inputs.unmetered:
        yield _unmetered(inputs)
    if inputs.inference_price is not None or not any(one.tokens for one in inputs.streams):
        return
    stream = next(one for one in inputs.streams if one.tokens)
    message = _(
        "“%(stream)s” sells tokens, but nobody knows what a million of them cost. Margin, LTV, "
        "break-even and cash stay unknown until serving in the technology section, or the figure "
        "in the assumptions, says so."
    ) % {"stream": stream.name}
    places = (outlook.assembly.inference_place, Place(SECTION, "stream", stream.key, "tokens"))
    yield Finding("funding.inference_unknown", "error", message, places)


def _unmetered(inputs: Inputs) -> Finding:
    message = _(
        "Nobody has said how many tokens a customer uses: %(streams)s. Margin, LTV, break-even and "
        "cash stay unknown until then. Where no model is used, enter 0."
    ) % {"streams": _(", ").join(one.name for one in inputs.unmetered)}
    places = tuple(
        Place(SECTION, "stream", one.key, "tokens") for one in inputs.unmetered[:MOST_NAMED]
    )
    return Finding("funding.tokens_unknown", "error", message, places)


def revenue_unknown(outlook: Outlook) -> Iterator[Finding]:
    """A stream that lacks a figure would earn nothing, which no founder means by it."""
    for lack in outlook.assembly.inputs.lacking:
        message = _(
            "Nobody knows what “%(stream)s” earns, since this is missing: %(fields)s. Revenue, "
            "margin and cash stay unknown until then. Fill it in, or delete the stream."
        ) % {"stream": lack.name, "fields": lack.labels}
        places = tuple(Place(SECTION, "stream", lack.key, field) for field in lack.fields)
        yield Finding("funding.stream_incomplete", "error", message, places)


def costs_unknown(outlook: Outlook) -> Iterator[Finding]:
    """Every role and every run has a cost and a date. An idea need not know them yet, but what has
    begun is missing from the cash of today."""
    rows: dict[tuple[str, str], list[MonthlyCost]] = {}
    for cost in outlook.assembly.unknown:
        rows.setdefault((cost.kind, _severity(outlook, cost)), []).append(cost)
    for (kind, severity), costs in rows.items():
        message = _(
            "%(kind)s is not counted for %(rows)s, so the cash looks better than it is. Fill in "
            "what is missing."
        ) % {"kind": cost_label(kind), "rows": lacking(outlook, costs)}
        places = tuple(
            replace(cost.place, field=cost.missing[0]) if cost.missing else cost.place
            for cost in costs[:MOST_NAMED]
        )
        yield Finding("funding.cost_unknown", severity, message, places)


def _severity(outlook: Outlook, cost: MonthlyCost) -> str:
    if cost.begins is not None and cost.begins <= timezone.localdate():
        return "error"
    return "warning" if from_stage(Stage.PRE_SEED, outlook.contents.plan.stage) else "hint"


def lacking(outlook: Outlook, costs: Sequence[MonthlyCost], most: int = MOST_NAMED) -> str:
    """Each cost with the names of the fields that nobody has filled in."""
    named = [_lacks(outlook, cost) for cost in costs[:most]]
    return _(", ").join(named) + (_(" and more") if len(costs) > most else "")


def _lacks(outlook: Outlook, cost: MonthlyCost) -> str:
    place = cost.place
    row = outlook.contents.find(f"{place.section}.{place.part}", place.row)
    labels = [str(row._meta.get_field(name).verbose_name) for name in cost.missing]
    return _("“%(row)s” (missing: %(fields)s)") % {
        "row": cost.label, "fields": _(", ").join(labels),
    }  # fmt: skip
