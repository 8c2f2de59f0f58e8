"""Addresses that stand in mail: a worker has no request to take the site's address from."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from apps.accounts.models import User

SALT = "notices.unsubscribe"


def absolute(name: str, *args: Any) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)


@dataclass(frozen=True)
class Unsubscription:
    user: User
    scope: str  # a kind's name, or services.DIGEST


def unsubscribe_token(user: User, scope: str) -> str:
    """Signed, for ever: who reads an old mail must be able to end it."""
    return signing.dumps([user.pk, scope], salt=SALT)


def read_token(token: str) -> Unsubscription | None:
    try:
        pk, scope = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return Unsubscription(user, scope) if user else None
