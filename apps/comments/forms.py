"""What people write: a comment, an answer, a change of their own, and who is to answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.comments.models import Comment, Visibility
from apps.comments.threads import Person
from apps.plans.fields import UID_ALPHABET, new_uid

MAX_LENGTH = Comment._meta.get_field("text").max_length


class TextForm(forms.Form):
    """A change of one's own comment."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control", "maxlength": False}),
        error_messages={"required": _("Write something first.")},
    )


class ReplyForm(TextForm):
    """An answer. ``uid`` names the comment before it is there: posted twice, it is written once.

    ``notify`` offers the people who may read it, so that telling somebody needs no script; naming
    them in the text as @name does the same.
    """

    uid = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_uid)
    notify = forms.MultipleChoiceField(
        label=_("Tell somebody of it"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "invalid_choice": _("One of the people you chose is not on the plan any more.")
        },
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["notify"].choices = [(pk, str(one)) for pk, one in self.people.items()]

    def clean_uid(self) -> str:
        uid = self.cleaned_data["uid"]
        return uid if len(uid) == 12 and set(uid) <= set(UID_ALPHABET) else ""

    def clean_notify(self) -> list[Any]:
        return [self.people[pk] for pk in self.cleaned_data["notify"]]


class StartForm(ReplyForm):
    """The first comment of a thread. Founders say who reads it."""

    visibility = forms.ChoiceField(
        label=_("Who reads it"),
        choices=Visibility.choices,
        initial=Visibility.EVERYONE,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, readers: list[Person], founder: bool, **kwargs: Any) -> None:
        super().__init__(*args, people=[one.user for one in readers], **kwargs)
        self.founders = {one.user.pk for one in readers if one.access.founder}
        if not founder:
            del self.fields["visibility"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        told = data.get("notify", [])
        if data.get("visibility") == Visibility.FOUNDERS and any(
            person.pk not in self.founders for person in told
        ):
            self.add_error(
                "notify",
                _("You chose somebody who cannot read what founders keep to themselves."),
            )
        return data


class AssignForm(forms.Form):
    assignee = forms.ChoiceField(
        label=_("Who answers it"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select form-select-short"}),
        error_messages={"invalid_choice": _("This person cannot answer here any more.")},
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choices = [(pk, str(person)) for pk, person in self.people.items()]
        self.fields["assignee"].choices = [("", _("Nobody")), *choices]

    def clean_assignee(self) -> Any:
        return self.people.get(self.cleaned_data["assignee"])
