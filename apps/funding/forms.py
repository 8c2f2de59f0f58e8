"""The forms of the funding section. Used by section.py only; what they say is in guidance.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.funding import guidance
from apps.funding.choices import DILUTING, Instrument
from apps.funding.models import (
    Assumptions,
    Cost,
    Declared,
    Holder,
    Round,
    Scenario,
    Stream,
    Use,
)
from apps.plans.forms import RecordForm

MULTIPLIERS = ("price", "new_customers", "churn", "api", "compute", "payroll", "marketing")


class AssumptionsForm(RecordForm):
    class Meta:
        model = Assumptions
        fields = (
            "opening_cash", "receivable_months", "tax", "inference_price", "strategy", "fallback",
        )  # fmt: skip

    guide = guidance.ASSUMPTIONS


class DeclaredForm(RecordForm):
    class Meta:
        model = Declared
        fields = ("left_out", "reason")

    guide = guidance.DECLARED


class StreamForm(RecordForm):
    class Meta:
        model = Stream
        fields = (
            "name", "segment", "pricing", "price", "start", "milestone", "follows", "attach",
            "customers", "new", "growth", "churn", "tokens", "variable", "note",
        )  # fmt: skip

    guide = guidance.STREAM
    groups = (
        (_("What is sold"), ("name", "segment", "pricing", "price", "start", "milestone")),
        (_("If the customers are those of another stream"), ("follows", "attach")),
        (_("Otherwise: customers of its own"), ("customers", "new", "growth", "churn")),
        (_("What it costs to serve"), ("tokens", "variable")),
        (_("Reasons"), ("note",)),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        base = self.contents.find("funding.stream", cleaned.get("follows") or "")
        if base is not None and base.follows:
            self.add_error(
                "follows",
                _("That stream takes its customers from another one itself. Choose that one."),
            )
        return cleaned


class CostForm(RecordForm):
    class Meta:
        model = Cost
        fields = ("name", "category", "amount", "start", "end", "growth", "capital", "note")

    guide = guidance.COST

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last month is before the first. Correct one of the two."))
        return cleaned


class RoundForm(RecordForm):
    class Meta:
        model = Round
        fields = (
            "name", "instrument", "status", "month", "amount", "pre_money", "pool",
            "interest", "term", "investor", "terms",
        )  # fmt: skip

    guide = guidance.ROUND
    groups = (
        (_("The money"), ("name", "instrument", "status", "month", "amount")),
        (_("If shares are sold"), ("pre_money", "pool")),
        (_("If it is a loan"), ("interest", "term")),
        (_("Who and how"), ("investor", "terms")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        instrument = cleaned.get("instrument")
        if cleaned.get("pre_money") is not None and instrument and instrument not in DILUTING:
            self.add_error(
                "pre_money",
                _("A loan or a grant sells no shares. Clear the valuation or change the kind."),
            )
        repaid = cleaned.get("term") is not None or cleaned.get("interest") is not None
        if repaid and instrument in {Instrument.EQUITY, Instrument.SAFE, Instrument.GRANT}:
            self.add_error(
                "term" if cleaned.get("term") is not None else "interest",
                _("Only a loan is paid back with interest. Clear this or change the instrument."),
            )
        return cleaned


class UseForm(RecordForm):
    class Meta:
        model = Use
        fields = ("purpose", "round", "share", "detail")

    guide = guidance.USE


class HolderForm(RecordForm):
    class Meta:
        model = Holder
        fields = ("name", "kind", "shares", "vesting")

    guide = guidance.HOLDER


class ScenarioForm(RecordForm):
    class Meta:
        model = Scenario
        fields = ("name", "case", *MULTIPLIERS, "delay", "story")

    guide = guidance.SCENARIO
    groups = (
        (_("The scenario"), ("name", "case", "story")),
        (_("Customers and prices"), ("price", "new_customers", "churn", "delay")),
        (_("Costs"), ("api", "compute", "payroll", "marketing")),
    )
