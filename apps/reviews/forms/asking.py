"""What founders fill in to ask for a review, and a mentor to decline one."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextWidget
from apps.plans.access import Access
from apps.plans.fields import new_uid
from apps.plans.models import Invitation, Role
from apps.plans.plan_forms import StyledForm
from apps.plans.sections import Section, registry
from apps.reviews.inviting import open_invitations
from apps.reviews.models import Request, Rubric
from apps.reviews.telling import mentors

INVITED = 20  # addresses at a time


class AskForm(StyledForm, forms.Form):
    """Sections hidden from the founder or from mentors cannot be asked about. Mentors are members
    (by pk) and people invited (by their invitation's uid); whoever may add people can invite one
    here. ``changed`` are the sections that differ from the version ``since`` of an earlier request.
    """

    uid = forms.RegexField(r"^[a-z0-9]{12}$", widget=forms.HiddenInput)
    mentors = forms.MultipleChoiceField(
        label=_("Mentors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    invite = forms.CharField(
        label=_("Ask people who are not on the plan yet"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"autocomplete": "off", "rows": 3, "spellcheck": "false"}),
        help_text=_(
            "Their e-mail addresses, one a line. They are invited as mentors: one mail says both, "
            "and the request waits until they join."
        ),
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

    def __init__(
        self, *args: Any, access: Access, changed: Collection[str] = (), since: int = 0,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.access = access
        self.people = {str(one.user.pk): one for one in mentors(access.plan)}
        self.invitations = {one.uid: one for one in self.open_invitations()}
        self.fields["mentors"].choices = [
            *((pk, one.user) for pk, one in self.people.items()),
            *((uid, invited_as(one)) for uid, one in self.invitations.items()),
        ]
        kept_from_mentors = self.kept_from_mentors()
        self.fields["sections"].choices = [
            (section.name, self.section_label(section, changed, since))
            for section in registry
            if access.sees(section.name) and section.name not in kept_from_mentors
        ]
        self.fields["uid"].initial = new_uid()
        if not self.fields["mentors"].choices:
            del self.fields["mentors"]
        elif len(self.people) == 1:
            self.fields["mentors"].initial = list(self.people)
        if not access.may("people.manage"):
            del self.fields["invite"]

    def open_invitations(self) -> list[Invitation]:
        """An invitation that has expired can be chosen by whoever may send it again."""
        found = open_invitations(self.access.plan)
        if self.access.may("people.manage"):
            return found
        return [one for one in found if one.state == "pending"]

    def kept_from_mentors(self) -> set[str]:
        hidden = self.access.plan.hidden_sections.filter(role=Role.MENTOR)
        return set(hidden.values_list("section", flat=True))

    def section_label(self, section: Section, changed: Collection[str], since: int) -> Any:
        if section.name not in changed:
            return section.title
        words = {"section": section.title, "number": since}
        return gettext("%(section)s — changed since version %(number)s") % words

    def clean_invite(self) -> list[str]:
        """One address a line; each that is wrong is named with its line."""
        members = self.access.plan.memberships.select_related("user")
        roles = {one.user.email.lower(): one.role for one in members}
        found, wrong = [], []
        lines = enumerate(self.cleaned_data["invite"].splitlines(), start=1)
        given = [(number, line.strip().lower()) for number, line in lines if line.strip()]
        for number, email in given:
            if said := wrong_address(email, roles):
                words = {"number": number, "email": email, "said": said}
                wrong.append(_("Line %(number)s, %(email)s: %(said)s") % words)
            found.append(email)
        if len(found) > INVITED:
            wrong.append(_("No more than %(count)s addresses at a time.") % {"count": INVITED})
        if wrong:
            raise ValidationError(wrong)
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("mentors", [])
        cleaned["mentors"] = [self.people[key].user for key in chosen if key in self.people]
        cleaned["invitations"] = [
            self.invitations[key] for key in chosen if key in self.invitations
        ]
        if not (chosen or cleaned.get("invite") or self.errors):
            self.add_error(
                "mentors" if "mentors" in self.fields else None,
                _("Choose at least one mentor, or invite one."),
            )
        return cleaned

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return due


def wrong_address(email: str, roles: dict[str, str]) -> str:
    """Why nobody can be invited at this address; "" if somebody can."""
    try:
        validate_email(email)
    except ValidationError:
        return gettext("this is no e-mail address. Write it as name@example.com.")
    if email not in roles:
        return ""
    if roles[email] != Role.MENTOR:
        return gettext("this person is on the plan, but not as a mentor. Only mentors review it.")
    return gettext("this person is a mentor of the plan: tick the name above.")


def invited_as(invitation: Invitation) -> str:
    if invitation.state == "expired":
        return gettext("%(email)s — the invitation has expired and is sent again") % {
            "email": invitation.email
        }
    return gettext("%(email)s — invited, has not joined yet") % {"email": invitation.email}


class DeclineForm(StyledForm, forms.Form):
    reason = forms.CharField(
        label=_("Why you decline"),
        max_length=1000,
        widget=LongTextWidget,
        help_text=_("A sentence the founders can act on, such as who could do it instead."),
    )
