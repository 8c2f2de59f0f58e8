"""The forms of the market section; guidance.py says why each question is asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.market import guidance
from apps.market.models import Analysis, Factor, Force, Group, Rating, Segment
from apps.market.standing import open_pairs
from apps.plans.forms import RecordForm


class AnalysisForm(RecordForm):
    class Meta:
        model = Analysis
        fields = (
            "scope", "geography", "global_trends", "home_trends", "top_down", "top_down_method",
        )  # fmt: skip

    guide = guidance.ANALYSIS


class ForceForm(RecordForm):
    class Meta:
        model = Force
        fields = ("statement", "kind", "driver", "horizon", "effect")

    guide = guidance.FORCE


class SegmentForm(RecordForm):
    class Meta:
        model = Segment
        fields = (
            "name", "industry", "scenario", "buyer", "targeting", "targeting_reason",
            "firmographic", "geographic", "behavioural",
            "pain", "budget_holder", "procurement_months", "regulatory",
            "accounts", "acv", "reachable", "fit", "obtainable", "growth",
            "interviews", "letters", "pilots", "paying",
        )  # fmt: skip

    groups = (
        (_("The segment"), ("name", "industry", "scenario", "buyer")),
        (_("Our choice"), ("targeting", "targeting_reason")),
        (_("Traits"), ("firmographic", "geographic", "behavioural")),
        (_("How it buys"), ("pain", "budget_holder", "procurement_months", "regulatory")),
        (_("Size, from the bottom up"),
         ("accounts", "acv", "reachable", "fit", "obtainable", "growth")),
        (_("Evidence so far"), ("interviews", "letters", "pilots", "paying")),
    )  # fmt: skip
    guide = guidance.SEGMENT


class FactorForm(RecordForm):
    class Meta:
        model = Factor
        fields = ("name", "axis", "weight", "meaning")

    guide = guidance.FACTOR


class RatingForm(RecordForm):
    class Meta:
        model = Rating
        fields = ("segment", "factor", "rating", "reason")

    guide = guidance.RATING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Rating goes on pair by pair: a blank row opens at the next pair that has none.
        if not self.instance.segment and not self.instance.factor:
            segments = self.contents.part("market.segment")
            factors = self.contents.part("market.factor")
            pairs = open_pairs(segments, factors, self.contents.part("market.rating"))
            for segment, factor in pairs[:1]:
                self.initial.update(segment=segment.uid, factor=factor.uid)


class GroupForm(RecordForm):
    class Meta:
        model = Group
        fields = (
            "name", "segment", "persona", "jobs", "pains", "gains", "objections",
            *Group.NEEDS, "buying_channels",
        )  # fmt: skip

    groups = (
        (_("Who they are"), ("name", "segment", "persona")),
        (_("What moves them"), ("jobs", "pains", "gains", "objections")),
        (_("What companies weigh"), Group.NEEDS[:4]),
        (_("What single users weigh"), Group.NEEDS[4:]),
        (_("How they buy"), ("buying_channels",)),
    )
    guide = guidance.GROUP
