"""What every page needs to draw its frame. Named in settings; touches no database."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    {"code": "en", "html_lang": "en", "name": "English"},
    {"code": "zh-hans", "html_lang": "zh-Hans", "name": "中文"},
]
THEMES = {"light", "dark"}
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def site(request: HttpRequest) -> dict[str, Any]:
    chinese = (get_language() or "").startswith("zh")
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": _("VenturePlan"),
        "html_lang": LANGUAGES[chinese]["html_lang"],
        "other_language": LANGUAGES[not chinese],
        "theme": theme if theme in THEMES else "",
        "local_mail_folder": local_mail_folder(request),
    }


def local_mail_folder(request: HttpRequest) -> str:
    """Where this installation writes its mail, told only to a browser on the same machine."""
    if not (settings.LOCAL and settings.MAIL_IS_LOCAL):
        return ""
    try:
        host, _port = split_domain_port(request.get_host())
    except DisallowedHost:
        return ""
    return settings.EMAIL_FILE_PATH if host in LOOPBACK else ""
