"""What costs something nobody has said yet: left out, it would make the plan look better. Used by
checks.py only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.funding.assemble import SECTION
from apps.funding.choices import cost_label
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place
from apps.plans.choices import Stage
from apps.plans.stages import from_stage

MOST_NAMED = 5


def inference_unknown(outlook: Outlook) -> Iterator[Finding]:
    """Without it margin, LTV, break-even and cash would look better than they are; so they are
    unknown, and this says why."""
    inputs = outlook.assembly.inputs
    if inputs.inference_known:
        return
    stream = next(one for one in inputs.streams if one.tokens)
    message = _(
        "“%(stream)s” sells tokens, but nobody knows what a million of them cost. Margin, LTV, "
        "break-even and cash stay unknown until serving in the technology section, or the figure "
        "in the assumptions, says so."
    ) % {"stream": stream.name}
    places = (outlook.assembly.inference_place, Place(SECTION, "stream", stream.key, "tokens"))
    yield Finding("funding.inference_unknown", "error", message, places)


def costs_unknown(outlook: Outlook) -> Iterator[Finding]:
    """Every role and every run has a cost and a date; an idea need not know them yet."""
    grave = from_stage(Stage.PRE_SEED, outlook.contents.plan.stage)
    unknown = outlook.assembly.unknown
    for kind in dict.fromkeys(cost.kind for cost in unknown):
        rows = [cost for cost in unknown if cost.kind == kind]
        named = _(", ").join(_("“%(row)s”") % {"row": cost.label} for cost in rows[:MOST_NAMED])
        more = _(" and more") if len(rows) > MOST_NAMED else ""
        message = _(
            "%(kind)s: %(rows)s%(more)s will cost something, but how much or from when is missing, "
            "so the cash looks better than it is. Fill it in, or write zero."
        ) % {"kind": cost_label(kind), "rows": named, "more": more}
        places = tuple(cost.place for cost in rows[:MOST_NAMED])
        yield Finding("funding.cost_unknown", "warning" if grave else "hint", message, places)
