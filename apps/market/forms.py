"""The forms of the market section; guidance.py says why each question is asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.market import guidance
from apps.market.checks import unrated_sentence
from apps.market.models import Analysis, Factor, Force, Group, Segment
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


class FactorForm(RecordForm):
    class Meta:
        model = Factor
        fields = ("name", "axis", "weight", "meaning")

    guide = guidance.FACTOR


class SegmentForm(RecordForm):
    class Meta:
        model = Segment
        fields = (
            "name", "industry", "scenario", "buyer", "targeting", "targeting_reason",
            "firmographic", "geographic", "behavioural",
            "pain", "budget_holder", "procurement_months", "regulatory",
            "accounts", "acv", "reachable", "fit", "obtainable", "growth",
            "interviews", "letters", "pilots", "paying",
            "ratings", "rating_reasons",
        )  # fmt: skip

    groups = (
        (_("The segment"), ("name", "industry", "scenario", "buyer")),
        (_("Our choice"), ("targeting", "targeting_reason")),
        (_("Traits"), ("firmographic", "geographic", "behavioural")),
        (_("How it buys"), ("pain", "budget_holder", "procurement_months", "regulatory")),
        (_("Size, from the bottom up"),
         ("accounts", "acv", "reachable", "fit", "obtainable", "growth")),
        (_("Evidence so far"), ("interviews", "letters", "pilots", "paying")),
        (_("Attractiveness and strength"), ("ratings", "rating_reasons")),
    )  # fmt: skip
    guide = guidance.SEGMENT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unrated = self.instance.unrated
        if self.instance.ratings and unrated:
            self.fields["ratings"].help_text = unrated_sentence(unrated)


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
