"""The forms of the risk section. Used by section.py only; what they say is in guidance.py."""

from typing import Any

from crispy_forms.layout import HTML, Layout
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from apps.plans.forms import RecordForm
from apps.risks import guidance, rules
from apps.risks.models import (
    IMPACTS,
    OPPORTUNITY_RESPONSES,
    STAGES,
    THREAT_RESPONSES,
    Action,
    Kind,
    Policy,
    Risk,
)


def ratings(stage: str) -> tuple[str, ...]:
    """The fields of one of the three ratings."""
    return tuple(f"{stage}_{name}" for name in ("probability", *IMPACTS))


class PolicyForm(RecordForm):
    class Meta:
        model = Policy
        fields = (
            "appetite", "medium_from", "high_from", "critical_from", "review_rhythm",
            "acceptance_rule",
        )  # fmt: skip

    guide = guidance.POLICY
    groups = (
        (_("What you are ready to bear"), ("appetite", "acceptance_rule", "review_rhythm")),
        (_("Levels of the matrix"), ("medium_from", "high_from", "critical_from")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        limits = [cleaned.get(name) for name in ("medium_from", "high_from", "critical_from")]
        if not rules.ascending(*limits):
            self.add_error(
                "critical_from",
                _("The levels must rise: medium below high, high below critical."),
            )
        return cleaned


class RiskForm(RecordForm):
    class Meta:
        model = Risk
        fields = (
            "name", "kind", "category", "cause", "event", "effect", "section", "milestone",
            "proximity", "identified_by", "identified_on",
            *ratings("inherent"), *ratings("current"), *ratings("target"),
            "response", "trigger", "indicator", "threshold", "contingency_plan",
            "owner", "status", "next_review",
            "acceptance_approver", "acceptance_reason", "acceptance_expiry",
            "exposure_probability", "amount_low", "amount_high",
        )  # fmt: skip

    guide = guidance.RISK
    groups = (
        (
            _("What may happen"),
            ("name", "kind", "category", "cause", "event", "effect", "section", "milestone",
             "proximity", "identified_by", "identified_on"),
        ),
        (_("Inherent rating: before any response"), ratings("inherent")),
        (_("Current rating: with what works today"), ratings("current")),
        (_("Target rating: once all actions are done"), ratings("target")),
        (
            _("Risk response"),
            ("response", "trigger", "indicator", "threshold", "contingency_plan"),
        ),
        (_("Running it"), ("owner", "status", "next_review")),
        (
            _("If you accept it"),
            ("acceptance_approver", "acceptance_reason", "acceptance_expiry"),
        ),
        (
            _("In money: the loss, or for an opportunity the gain"),
            ("exposure_probability", "amount_low", "amount_high"),
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (name for stage in STAGES for name in ratings(stage)):
            meanings = guidance.SCALES[name.partition("_")[2]]
            scale = [(score, f"{score} · {text}") for score, text in enumerate(meanings, start=1)]
            self.fields[name].choices = [("", "—"), *scale]

    def _layout(self) -> Layout:
        """Each rating is one row of selects under the reason why it is asked."""
        layout = super()._layout()
        rows = [fieldset for fieldset, (_title, names) in zip(layout, self.groups, strict=False)
                if names in map(ratings, STAGES)]  # fmt: skip
        for fieldset, stage in zip(rows, STAGES, strict=True):
            reason = format_html('<p class="form-text">{}</p>', guidance.STAGE_REASONS[stage])
            fieldset.css_class = "ratings"
            fieldset.fields.insert(0, HTML(reason))
        return layout

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, response = cleaned.get("kind"), cleaned.get("response")
        if kind == Kind.THREAT and response in OPPORTUNITY_RESPONSES:
            self.add_error(
                "response",
                _("Only an opportunity has this response. Choose another, or change the kind."),
            )
        if kind == Kind.OPPORTUNITY and response in THREAT_RESPONSES:
            self.add_error(
                "response",
                _("Only a threat has this response. Choose another, or change the kind."),
            )
        low, high = cleaned.get("amount_low"), cleaned.get("amount_high")
        problem = rules.range_problem(low, high)
        if problem:
            field = "amount_low" if low is not None and low <= 0 else "amount_high"
            self.add_error(field, problem)
        return cleaned


class ActionForm(RecordForm):
    class Meta:
        model = Action
        fields = ("text", "risk", "owner", "due", "cost", "done")

    guide = guidance.ACTION
