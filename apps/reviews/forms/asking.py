"""What founders fill in to ask for a review, and a mentor to decline one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.forms import LongTextWidget
from apps.plans.access import Access
from apps.plans.fields import new_uid
from apps.plans.plan_forms import StyledForm
from apps.plans.sections import registry
from apps.reviews.models import Request, Rubric
from apps.reviews.telling import mentors


class AskForm(StyledForm, forms.Form):
    """Sections hidden from the founder or from mentors cannot be asked about."""

    uid = forms.RegexField(r"^[a-z0-9]{12}$", widget=forms.HiddenInput)
    mentors = forms.MultipleChoiceField(
        label=_("Mentors"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one mentor.")},
    )
    question = forms.CharField(
        label=_("Your question"),
        required=False,
        max_length=Request._meta.get_field("question").max_length,
        widget=LongTextWidget,
        help_text=_(
            "Where do you want their view? For example: Would you pay this price, and what would "
            "you need to see first?"
        ),
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to ask about the whole plan."),
    )
    rubric = forms.ModelChoiceField(
        label=_("Rubric"),
        queryset=Rubric.objects.filter(active=True),
        required=False,
        empty_label=pgettext_lazy("rubric", "None: verdicts only"),
        help_text=_("The criteria the mentors score from 0 to 5."),
    )
    due = forms.DateField(
        label=_("Due date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Optional. Mentors see what is due next at the top of their desk."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.user.pk): one for one in mentors(access.plan)}
        kept_from_mentors = next(iter(self.people.values())).access.hidden if self.people else ()
        self.fields["mentors"].choices = [(pk, one.user) for pk, one in self.people.items()]
        self.fields["sections"].choices = [
            (section.name, section.title)
            for section in registry
            if access.sees(section.name) and section.name not in kept_from_mentors
        ]
        self.fields["uid"].initial = new_uid()
        if len(self.people) == 1:
            self.fields["mentors"].initial = list(self.people)

    def clean_mentors(self) -> list[Any]:
        return [self.people[pk].user for pk in self.cleaned_data["mentors"]]

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return due


class DeclineForm(StyledForm, forms.Form):
    reason = forms.CharField(
        label=_("Why you decline"),
        max_length=1000,
        widget=LongTextWidget,
        help_text=_("A sentence the founders can act on, such as who could do it instead."),
    )
