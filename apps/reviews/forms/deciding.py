"""What founders fill in beside the reviews: decisions, and their own scores."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextWidget
from apps.plans.plan_forms import StyledForm
from apps.reviews.models import Criterion, Decision


class DecisionForm(StyledForm, forms.ModelForm):
    class Meta:
        model = Decision
        fields = ("decision", "reason", "would_change")
        labels = {
            "decision": _("Decision"),
            "reason": _("Reason"),
            "would_change": _("What evidence would change it"),
        }
        help_texts = {
            "decision": _("What you will do, in one or two sentences."),
            "reason": _("Why you follow one view, the other, or neither."),
            "would_change": _("For example: two of five pilots that do not renew."),
        }
        widgets = {
            "decision": LongTextWidget({"rows": 2}),
            "reason": LongTextWidget({"rows": 2}),
            "would_change": LongTextWidget({"rows": 2}),
        }


class SelfForm(StyledForm, forms.Form):
    """The founders' own points for each criterion."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        points = [(str(number), str(number)) for number in range(6)]
        self.base_fields = {
            criterion.uid: forms.ChoiceField(
                label=str(criterion), choices=points, required=False, widget=forms.RadioSelect
            )
            for criterion in criteria
        }
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)

    def questions(self) -> list[tuple[Criterion, Any]]:
        return [(criterion, self[criterion.uid]) for criterion in self.criteria]
