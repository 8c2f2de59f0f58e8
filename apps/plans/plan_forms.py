"""Forms about a plan as a whole: its settings, its creation, its people."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.plans.access import ROLE_MEANING
from apps.plans.forms import style
from apps.plans.models import Invitation, Plan, Role
from apps.plans.samples import available


class StyledForm(forms.BaseForm):
    """Gives every widget its CSS class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)


class PlanForm(StyledForm, forms.ModelForm):
    """The settings of a plan."""

    class Meta:
        model = Plan
        fields = Plan.CONTENT
        help_texts = {
            "title": _("What the plan is called on its cover."),
            "company": _("The name of the company, or the working name."),
            "pitch": _("One sentence an investor remembers: for whom, what, why better."),
            "stage": _("Tells mentors how much to expect of the plan."),
            "currency": _("Every amount in the plan is in this one currency."),
            "language": _("The language you write the plan in. Exports can use either."),
            "start_month": _("The first month of the forecast."),
        }


class NewPlanForm(PlanForm):
    """A new plan: blank, or from a sample."""

    start = forms.ChoiceField(
        label=_("Start from"), widget=forms.RadioSelect, required=False, initial=""
    )

    field_order = ["start", *Plan.CONTENT]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [
            ("", _("A blank plan")),
            *(
                (sample.name, _("Sample: %(title)s") % {"title": sample.title})
                for sample in available()
            ),
        ]
        self.fields["language"].initial = get_language()


class CopyForm(StyledForm, forms.Form):
    title = forms.CharField(label=_("Title of the copy"), max_length=120)


class DeletePlanForm(StyledForm, forms.Form):
    """Deleting takes the title, typed."""

    title = forms.CharField(label=_("Type the title of the plan to confirm"), max_length=120)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if title.strip() != self.plan.title.strip():
            raise forms.ValidationError(
                _("This is not the title. Type “%(title)s” exactly.") % {"title": self.plan.title}
            )
        return title


def role_choices() -> list[tuple[str, Any]]:
    """The roles that can be given, each with what it means."""
    return [
        (role.value, _("%(role)s — %(meaning)s") % {"role": role.label, "meaning": meaning})
        for role, meaning in ROLE_MEANING.items()
        if role != Role.OWNER
    ]


class InviteForm(StyledForm, forms.ModelForm):
    """Add a person by e-mail address."""

    class Meta:
        model = Invitation
        fields = ("email", "role")
        help_texts = {
            "email": _("A person without an account gets a link by mail that works for 14 days.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=role_choices(), widget=forms.RadioSelect, initial=Role.MENTOR
        )
        style(self.fields["role"])

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class RoleForm(StyledForm, forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
