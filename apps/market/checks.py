"""What does not hold together in the market section. Also shown as warnings on its page."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from apps.core import money
from apps.market import rules
from apps.market.models import Axis, Factor, Segment
from apps.plans.checks import Finding, Place
from apps.plans.contents import Contents


def checks(contents: Contents) -> list[Finding]:
    if "market" in contents.hidden:
        return []
    return [*_targeting(contents), *_factors(contents), *_ratings(contents), *_top_down(contents)]


def _segment_place(segment: Segment, field: str = "") -> Place:
    return Place("market", "segment", segment.uid, field)


def _targeting(contents: Contents) -> Iterator[Finding]:
    segments = contents.part("market.segment")
    primaries = [segment for segment in segments if segment.is_primary]
    if not primaries:
        yield Finding(
            "market.no_primary",
            "error" if segments else "hint",  # nothing is wrong where nothing is written yet
            _("No segment is primary. Choose the one that you will win first."),
            (Place("market", "segment"),),
        )
    if len(primaries) > 1:
        yield Finding(
            "market.many_primaries",
            "error",
            _("%(count)d segments are primary: %(names)s. Keep one and make the others secondary.")
            % {"count": len(primaries), "names": _(", ").join(map(str, primaries))},
            tuple(_segment_place(segment, "targeting") for segment in primaries),
        )
    served = {group.segment for group in contents.part("market.group")}
    for segment in primaries:
        if segment.uid not in served:
            yield Finding(
                "market.primary_without_group",
                "warning",
                _("The primary segment “%(name)s” has no target customer group. Describe the "
                  "people in it who decide.") % {"name": segment},
                (_segment_place(segment), Place("market", "group")),
            )  # fmt: skip
    for segment in segments:
        if segment.is_rejected and not segment.targeting_reason.strip():
            yield Finding(
                "market.rejected_without_reason",
                "hint",
                _("The segment “%(name)s” is rejected without a reason. Write down why, and when "
                  "you would look again.") % {"name": segment},
                (_segment_place(segment, "targeting_reason"),),
            )  # fmt: skip


def _factors(contents: Contents) -> Iterator[Finding]:
    factors = contents.part("market.factor")
    for axis in Axis:
        weights = [factor.weight for factor in factors if factor.axis == axis]
        if weights and not rules.weights_fit(weights):
            total = sum(weight for weight in weights if weight is not None)
            yield Finding(
                "market.weights",
                "warning",
                _("The weights of “%(axis)s” sum to %(total)s instead of 100. Change them so that "
                  "they do.") % {"axis": axis.label, "total": money.number(total)},
                tuple(
                    Place("market", "factor", factor.uid, "weight")
                    for factor in factors
                    if factor.axis == axis
                ),
            )  # fmt: skip


def unrated_sentence(factors: Iterable[Factor]) -> str:
    return _("No rating yet: %(factors)s. The segment stands on the map once all are rated.") % {
        "factors": _(", ").join(map(str, factors))
    }


def _ratings(contents: Contents) -> Iterator[Finding]:
    """A half-rated segment. One without any rating shows in the progress already."""
    for segment in contents.part("market.segment"):
        if segment.ratings and segment.unrated:
            yield Finding(
                "market.half_rated",
                "warning",
                _("%(segment)s: %(problem)s")
                % {"segment": segment, "problem": unrated_sentence(segment.unrated)},
                (_segment_place(segment, "ratings"),),
            )


def _top_down(contents: Contents) -> Iterator[Finding]:
    top_down = contents.part("market.analysis").top_down
    bottom_up = rules.total(
        segment.sizing for segment in contents.part("market.segment") if not segment.is_rejected
    ).tam
    ratio = rules.gap(top_down, bottom_up)
    if ratio is not None and rules.is_wide_gap(top_down, bottom_up):
        currency = contents.plan.currency
        yield Finding(
            "market.top_down_gap",
            "warning",
            _("The top-down figure (%(top_down)s) and the total of the segments (%(bottom_up)s) "
              "are %(ratio)s times apart. Past three times one of them is wrong or they mean "
              "different markets: check scope, accounts and contract value.")
            % {
                "top_down": money.short_money(top_down, currency),
                "bottom_up": money.short_money(bottom_up, currency),
                "ratio": money.short_number(ratio),
            },
            (Place("market", "analysis", "", "top_down"), Place("market", "segment")),
        )  # fmt: skip
