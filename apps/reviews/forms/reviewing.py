"""What a mentor fills in, step by step. Nothing is required before the review is finished."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.forms import LongTextWidget
from apps.plans.plan_forms import StyledForm
from apps.reviews.drafts import MORE
from apps.reviews.models import Criterion, Grade, Opinion, Recommendation

POINTS = [*((str(points), str(points)) for points in range(6)), (MORE, _("Need more information"))]


class VerdictForm(StyledForm, forms.Form):
    grade = forms.ChoiceField(
        label=pgettext_lazy("review", "Verdict"),
        choices=Grade.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    action = forms.CharField(
        label=_("What to do"),
        required=False,
        max_length=3000,
        widget=LongTextWidget,
        help_text=_("One change the founders can make, and how you would see that it is done."),
    )


class ScoresForm(StyledForm, forms.Form):
    """Points and a note for each criterion."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        self.base_fields = {}
        for criterion in criteria:
            self.base_fields[f"{criterion.uid}-points"] = forms.ChoiceField(
                label=_("Points"), choices=POINTS, required=False, widget=forms.RadioSelect
            )
            self.base_fields[f"{criterion.uid}-note"] = forms.CharField(
                label=_("Why"), required=False, max_length=2000,
                widget=LongTextWidget({"rows": 2}),
            )  # fmt: skip
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)

    def questions(self) -> list[tuple[Criterion, Any, Any]]:
        return [
            (criterion, self[f"{criterion.uid}-points"], self[f"{criterion.uid}-note"])
            for criterion in self.criteria
        ]


class SummaryForm(StyledForm, forms.Form):
    recommendation = forms.ChoiceField(
        label=_("Would you back this venture?"),
        choices=Recommendation.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Your view of the venture as it stands, apart from what is still to fix."),
    )
    summary = forms.CharField(
        label=_("In short"),
        required=False,
        max_length=5000,
        widget=LongTextWidget,
        help_text=_("What is strong, what worries you most, and what you would do first."),
    )


class OpinionForm(StyledForm, forms.Form):
    opinion = forms.ChoiceField(
        label=_("Do you agree with this review?"),
        choices=Opinion.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=LongTextWidget)


class ReplyForm(StyledForm, forms.Form):
    reply = forms.CharField(
        label=_("Your answer"), required=False, max_length=3000, widget=LongTextWidget({"rows": 2})
    )
