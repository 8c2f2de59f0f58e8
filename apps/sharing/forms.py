"""What the owner says about a link, and what a guest writes."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.comments.models import Comment
from apps.core.money import day
from apps.exports.printable import UNPRINTABLE
from apps.plans.fields import UID_ALPHABET, new_uid
from apps.plans.models import Plan
from apps.plans.plan_forms import StyledForm
from apps.plans.sections import registry
from apps.sharing.guests import Choices
from apps.sharing.models import ShareLink
from apps.sharing.shown import resting
from apps.versions.models import Version

READ, COMMENT = "read", "comment"
SUMMARY, CHAPTERS = "summary", "chapters"
DAYS = (1, 7, 14, 30, 90)
DEFAULT_DAYS = 14
VERSIONS_OFFERED = 50


def one_line(text: str) -> str:
    """A name without line breaks and without signs that turn the text around it."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def well_formed(uid: str) -> str:
    """The id a form came with, "" if somebody made it up."""
    return uid if len(uid) == 12 and set(uid) <= set(UID_ALPHABET) else ""


def terms() -> Choices:
    return [(n, ngettext("%(days)s day", "%(days)s days", n) % {"days": n}) for n in DAYS]


class ExtendForm(StyledForm, forms.Form):
    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=terms, coerce=int, initial=DEFAULT_DAYS
    )


class LinkForm(ExtendForm):
    recipient = forms.CharField(
        label=_("For whom"),
        max_length=120,
        help_text=_(
            "A person or a firm, such as “Anna Berg, Northern Ventures”. They see this name on the "
            "page and at the foot of each page of the PDF. One link for each makes the receipts "
            "useful."
        ),
    )
    sender = forms.CharField(
        label=_("From whom"),
        max_length=120,
        required=False,
        help_text=_(
            "They read this name on the page, and whom to ask when the link is not open any more. "
            "Leave it empty to name nobody."
        ),
    )
    shows = forms.ChoiceField(
        label=_("What it shows"),
        choices=[
            (SUMMARY, _("One-page summary")),
            (CHAPTERS, _("One-page summary and chosen chapters")),
        ],
        initial=CHAPTERS,
        widget=forms.RadioSelect,
        help_text=_(
            "The summary is one page of figures, texts and pictures. By itself it opens no "
            "chapter, and its PDF is that one page."
        ),
    )
    version = forms.ModelChoiceField(
        label=_("Which version"),
        queryset=Version.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("The plan as it is, with every later change"),
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Nothing is ticked at first: choose what this reader needs. The summary tells of these "
            "alone. The others do not exist for the link, and figures that rest on them are shown "
            "as “—”. Title, company and pitch are always shown."
        ),
        error_messages={"required": _("Choose at least one section for the link to show.")},
    )
    allows = forms.ChoiceField(
        label=_("What they may do"),
        choices=[(READ, _("Read")), (COMMENT, _("Read and comment"))],
        initial=READ,
        widget=forms.RadioSelect,
        help_text=_(
            "Whoever comments gives a name. You and the mentors read it among the comments of the "
            "plan; your answers appear on their page."
        ),
    )
    may_download = forms.BooleanField(
        label=_("They may download it as PDF, with their name on each page"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    # Named so that no page that gives back what was typed shows it.
    password = forms.CharField(
        label=_("Passcode"),
        required=False,
        min_length=6,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("At least 6 characters. Tell it by another way than the link itself."),
    )
    language = forms.ChoiceField(
        label=_("Language of the page"), choices=Plan.LANGUAGES, widget=forms.RadioSelect
    )
    uid = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_uid)
    field_order = [
        "recipient", "sender", "shows", "sections", "version", "allows", "may_download", "days",
        "password", "language", "uid",
    ]  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = plan.versions.order_by("-number").values("pk")[:VERSIONS_OFFERED]
        versions = plan.versions.filter(pk__in=list(newest.values_list("pk", flat=True)))
        self.fields["version"].queryset = versions.defer("document").order_by("-number")
        self.fields["version"].label_from_instance = version_name
        self.fields["sections"].choices = [(section.name, section.title) for section in registry]
        field = self.fields["sections"]
        field.help_text = lazy(sections_help, str)(field.help_text, plan)  # worked out if shown
        self.fields["language"].initial = plan.language

    def clean_recipient(self) -> str:
        recipient = one_line(self.cleaned_data["recipient"])
        if not recipient:
            raise forms.ValidationError(_("Say for whom the link is."))
        return recipient

    def clean_sender(self) -> str:
        return one_line(self.cleaned_data["sender"])

    def clean_uid(self) -> str:
        return well_formed(self.cleaned_data["uid"])


def sections_help(help_text: str, plan: Plan) -> str:
    """With the figures that no reader gets without other sections."""
    found = resting(plan)
    if not found:
        return help_text
    rows = format_html_join(
        "",
        "<li>{}</li>",
        (
            [
                _("%(section)s: for %(figures)s also tick %(others)s.")
                % {
                    "section": one.section.title,
                    "figures": _(", ").join(one.labels),
                    "others": _(", ").join(str(other.title) for other in one.others),
                }
            ]
            for one in found
        ),
    )
    intro = _("These figures rest on other sections. They are “—” unless you tick all of them:")
    return format_html("{} {}<ul>{}</ul>", help_text, intro, rows)


def version_name(version: Version) -> str:
    name = _("Version %(number)s, %(day)s") % {
        "number": version.number,
        "day": day(version.created_at),
    }
    return f"{name} · {version.label}" if version.label else str(name)


class PasscodeForm(StyledForm, forms.Form):
    password = forms.CharField(
        label=_("Passcode"),
        max_length=200,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, *args: Any, link: ShareLink, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link = link

    def clean_password(self) -> str:
        given = self.cleaned_data["password"]
        if not check_password(given, self.link.passcode_hash):
            raise forms.ValidationError(
                _("This is not the passcode. Ask the person who sent you the link for it.")
            )
        return given


class ReplyForm(StyledForm, forms.Form):
    """A guest's answer in a thread of their link."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=Comment._meta.get_field("guest_name").max_length,
        help_text=_("Shown beside what you write. It is asked once."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=Comment._meta.get_field("text").max_length,
        # Too long a text is refused with a sentence, not cut off.
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": False}),
        error_messages={"required": _("Write something first.")},
    )
    uid = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_uid)

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Say who you are."))
        return name

    def clean_uid(self) -> str:
        return well_formed(self.cleaned_data["uid"])


class CommentForm(ReplyForm):
    place = forms.ChoiceField(
        label=_("About"),
        required=False,
        error_messages={"invalid_choice": _("This is not there any more. Choose something else.")},
    )
    field_order = ["name", "place", "text", "uid"]

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
