"""What a mentor fills in, step by step. Nothing is required before the review is finished."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.comments import places
from apps.core.forms import LongTextWidget
from apps.plans.plan_forms import StyledForm
from apps.reviews import settling
from apps.reviews.drafts import MORE
from apps.reviews.models import Criterion, Grade, Opinion, Recommendation, Settled
from apps.reviews.points import Point

POINTS = [*((str(points), str(points)) for points in range(6)), (MORE, _("Need more information"))]


class PointsForm(StyledForm, forms.Form):
    """Also asks whether each of the ``points`` of earlier rounds is settled. Those fields stand
    where the point does, outside the <form>: hence its id."""

    ID = "step"

    def __init__(self, *args: Any, points: Iterable[Point] = (), **kwargs: Any) -> None:
        self.points = list(points)
        self.base_fields = dict(type(self).base_fields)
        self.own = list(self.base_fields)
        for point in self.points:
            label = point.thread.label if point.thread else ""
            place = places.words(point.place, label)
            state, text = settling.names(point)
            self.base_fields[state] = forms.ChoiceField(
                label=_("Is it settled?"), required=False,
                choices=[("", _("Not said yet")), *Settled.choices],
                widget=forms.RadioSelect({"form": self.ID}),
            )  # fmt: skip
            self.base_fields[text] = forms.CharField(
                label=_("Your words"), required=False, max_length=2000,
                widget=LongTextWidget({"rows": 2, "form": self.ID}),
            )  # fmt: skip
            self.base_fields[state].about = self.base_fields[text].about = place
        super().__init__(*args, **kwargs)

    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.own]


class VerdictForm(PointsForm):
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


class SummaryForm(PointsForm):
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
