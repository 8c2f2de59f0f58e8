"""Forms about a plan as a whole: its settings, its creation, its people."""

from typing import Any

from django import forms
from django.utils.html import format_html
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
    """The settings of a plan. Changing the currency of written amounts takes a confirmation, since
    nothing is converted."""

    relabel = forms.BooleanField(
        label=_("Keep every amount as it is and only change the currency"), required=False
    )

    class Meta:
        model = Plan
        fields = Plan.CONTENT
        help_texts = {
            "title": _(
                "What the plan is called on its cover, such as “Customer service for shops”."
            ),
            "company": _("The name of the company, or the working name."),
            "pitch": _(
                "One sentence an investor remembers: for whom, what, why better. For example: "
                "Night shifts that plan themselves, for clinics with twenty nurses or more."
            ),
            "stage": _(
                "Decides what counts as required: an idea needs less than a company that grows."
            ),
            "industry": _("Where most of your customers work. Choose Other if none fits."),
            "currency": _("Every amount in the plan is in this one currency."),
            "language": _("The language you write the plan in. Exports can use either."),
            "start_month": _("The first month of the forecast, such as 2027-01."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_currency = self.instance.currency if self.instance.pk else None
        if "currency" not in self.data or self.data["currency"] == self.stored_currency:
            del self.fields["relabel"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("currency", self.stored_currency)  # the stored one if it was no choice
        changes = self.stored_currency not in {None, chosen}
        if changes and not cleaned.get("relabel"):
            self.add_error(
                "currency",
                _("Amounts are not converted: 100 %(old)s would become 100 %(new)s. Confirm below.")
                % {"old": self.stored_currency, "new": chosen},
            )
        elif not changes:
            self.fields.pop("relabel", None)
        return cleaned


class NewPlanForm(PlanForm):
    """A blank plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class SampleForm(StyledForm, forms.Form):
    """A plan made from a sample, in one of the languages, as it is."""

    sample = forms.ChoiceField(label=_("Sample"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Plan language"), choices=Plan.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It shares pages with the form of a blank plan, which has a language as well.
        super().__init__(*args, **{"auto_id": "sample_%s", **kwargs})
        offered = available()
        self.fields["sample"].choices = [
            (sample.name, format_html("<strong>{}</strong><br>{}", sample.title, sample.summary))
            for sample in offered
        ]
        self.fields["sample"].initial = offered[0].name if offered else None
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
