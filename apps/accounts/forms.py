"""Forms of a person's own account. SignupExtra adds our fields to allauth's sign-up form."""

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User

LANGUAGES = User._meta.get_field("language").choices


class SignupExtra(forms.Form):
    """Name and language; named in settings.ACCOUNT_SIGNUP_FORM_CLASS."""

    field_order = ("name", "email", "password1", "language")

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As mentors and co-founders should read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, help_text=_("Pages and mail come in this language.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.save(update_fields=["name", "language"])
        request.chosen_language = user.language  # type: ignore[attr-defined]


class ProfileForm(forms.ModelForm):
    theme = forms.ChoiceField(
        label=_("Appearance"),
        required=False,
        choices=[("", _("As on this device")), ("light", _("Light")), ("dark", _("Dark"))],
        help_text=_("Kept in this browser only."),
    )

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": _("Your name")}
        help_texts = {
            "name": _("As mentors and co-founders should read it."),
            "language": _("Pages and mail come in this language."),
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class DeleteAccountForm(forms.Form):
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sure = forms.BooleanField(
        label=_("Delete my account and everything listed above. This cannot be undone.")
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Through the adapter, so that guessing is throttled here as it is at sign-in."""
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password
