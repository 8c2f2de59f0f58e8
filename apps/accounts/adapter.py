"""What django-allauth asks us: mail in the reader's language. Named in settings."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This email address and password do not belong together. "
            "Check both, or set a new password."
        ),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait five minutes, then try again, or set a new password."
        ),
        "incorrect_code": _("This code is not right. Copy it from the newest mail."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "rate_limited": _("That was too quick. Wait ten seconds, then ask again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language, whoever's request caused the mail."""
        with translation.override(self._language_of(email, context.get("user"))):
            super().send_mail(template_prefix, email, context)

    def _language_of(self, email: str, user: User | None) -> str:
        if user is None:
            user = User.objects.filter(email__iexact=email).first()
        if user is None:
            address = EmailAddress.objects.select_related("user").filter(email__iexact=email)
            user = next((found.user for found in address), None)
        return user.language if user else translation.get_language()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")
