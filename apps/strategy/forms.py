"""The forms of the strategy section. Used by section.py only; what they say is in guidance.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.plans.forms import RecordForm
from apps.strategy import guidance
from apps.strategy.models import (
    Advantage,
    BusinessModel,
    Challenge,
    Competitor,
    Factor,
    Force,
    Moat,
    PositioningMap,
    Supplier,
    Swot,
    Tows,
)


class FactorForm(RecordForm):
    class Meta:
        model = Factor
        fields = ("name", "meaning", "score", "target", "proof", "next_step")

    guide = guidance.FACTOR


class ChallengeForm(RecordForm):
    class Meta:
        model = Challenge
        fields = ("name", "description", "exposure", "answer", "risk")

    guide = guidance.CHALLENGE


class BusinessModelForm(RecordForm):
    class Meta:
        model = BusinessModel
        fields = (
            "customers", "value", "channels", "relationships",
            "resources", "activities", "partners", "revenue", "costs",
        )  # fmt: skip

    guide = guidance.BUSINESS_MODEL
    groups = (
        (_("For whom, and what"), ("customers", "value")),
        (_("How it reaches them"), ("channels", "relationships")),
        (_("How it is made"), ("resources", "activities", "partners")),
        (_("Money in and out"), ("revenue", "costs")),
    )


class PositioningMapForm(RecordForm):
    class Meta:
        model = PositioningMap
        fields = ("x_axis", "y_axis", "x", "y", "conclusion")

    guide = guidance.POSITIONING_MAP


class CompetitorForm(RecordForm):
    class Meta:
        model = Competitor
        fields = (
            "name", "kind", "offer", "price", "pricing", "segment", "strengths", "weaknesses",
            "source", "threat", "x", "y",
        )  # fmt: skip

    guide = guidance.COMPETITOR
    groups = (
        (pgettext_lazy("competitor", "Who they are"), ("name", "kind", "offer", "segment")),
        (_("Their price"), ("price", "pricing")),
        (_("How they compare"), ("strengths", "weaknesses", "threat", "source")),
        (_("On the positioning map"), ("x", "y")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axes = self.contents.part("strategy.positioning_map")
        for name, axis in (("x", axes.x_axis), ("y", axes.y_axis)):
            if axis:
                self.fields[name].help_text = axis


class AdvantageForm(RecordForm):
    class Meta:
        model = Advantage
        fields = (
            "claim", "kind", "proof", "segment", "valuable", "rare", "inimitable", "organised",
        )  # fmt: skip

    guide = guidance.ADVANTAGE
    groups = (
        (_("The claim"), ("claim", "kind", "proof", "segment")),
        (_("Four questions (VRIO)"), ("valuable", "rare", "inimitable", "organised")),
    )


class ForceForm(RecordForm):
    class Meta:
        model = Force
        fields = ("kind", "pressure", "reason", "answer")

    guide = guidance.FORCE


class SupplierForm(RecordForm):
    class Meta:
        model = Supplier
        fields = ("name", "kind", "share", "alternative", "switch_weeks")

    guide = guidance.SUPPLIER


class SwotForm(RecordForm):
    class Meta:
        model = Swot
        fields = ("text", "kind", "weight", "proof")

    guide = guidance.SWOT


class TowsForm(RecordForm):
    class Meta:
        model = Tows
        fields = ("text", "items", "how", "owner")

    guide = guidance.TOWS

    def _offer_choices(self, name: str, model_field: Any, choices: list, value: Any) -> list:
        """The items with their kind: one internal and one external are wanted."""
        offered = super()._offer_choices(name, model_field, choices, value)
        if name == "items":
            kinds = {row.uid: row.get_kind_display() for row in self.contents.part("strategy.swot")}
            self.fields[name].choices = [
                (
                    uid,
                    pgettext("kind and text", "%(kind)s: %(text)s")
                    % {"kind": kinds[uid], "text": label}
                    if kinds.get(uid)
                    else label,
                )
                for uid, label in self.fields[name].choices
            ]
        return offered


class MoatForm(RecordForm):
    class Meta:
        model = Moat
        fields = ("ten_times_cheaper", "free", "price_held", "compounding", "next_step")

    guide = guidance.MOAT
