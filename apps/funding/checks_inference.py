"""The check that inference has a cost where tokens are sold. Used by checks.py only."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.funding.assemble import SECTION
from apps.funding.outlook import Outlook
from apps.plans.checks import Finding, Place


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
