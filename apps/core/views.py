"""The first page, health, the language switch and every error page.

config/urls.py routes here; ``kept`` is for any view that must turn a form away without losing what
was typed. Error pages work without the database and name nothing that the visitor did not type.
"""

import re

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "core/home.html")


@require_GET
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, broker, migrations, storage and queue, one by one."""
    from apps.core.ops.health import readiness

    ready, checks = readiness()
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and, for a signed-in person, in their profile."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember_language(response, language)
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


# --- Nothing a person typed is lost ---------------------------------------------------------------
REASONS = {
    "signed_out": _("You were signed out before this could be saved."),
    "csrf": _("This page had been open too long, or your browser blocked a cookie, "
              "so the form was not accepted."),
}  # fmt: skip
# Passwords and one-time codes are never shown; the rest of these no one typed.
NOT_TYPED = re.compile(
    r"passw|^(csrfmiddlewaretoken|code|next|uid|revision|notify|visibility)$", re.IGNORECASE
)


def kept(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """Turn a form away and show all that was typed, ready to copy; never a password.

    ``reason`` is a key of REASONS (the same form may be sent again) or a sentence (it may not).
    """
    context = {
        "reason": REASONS.get(reason, reason),
        "texts": typed_texts(request),
        "signed_out": reason == "signed_out",
        "send_again": reason in REASONS,
    }
    return render(request, "core/kept.html", context, status=status)


def typed_texts(request: HttpRequest) -> list[dict[str, str]]:
    try:
        posted = request.POST
    except (SuspiciousOperation, RawPostDataException, OSError):  # too large, or cut off
        return []
    return [
        {"name": name.rpartition("-")[2].replace("_", " "), "text": text}
        for name, values in posted.lists()
        if not NOT_TYPED.search(name)
        for text in values
        if text.strip()
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return kept(request, status=403, reason="csrf")


# --- Error pages ----------------------------------------------------------------------------------
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/400.html", status=400)


def only_a_form(request: HttpRequest, *, allowed: list[str], back: str) -> HttpResponse:
    """A page was asked of an address that only takes what a form sends (a link copied, a page
    reloaded): nothing was done, and ``back`` is where it can be."""
    response = render(request, "core/405.html", {"back": back}, status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``PermissionDenied("A sentence.")`` may say why; it must name no one and nothing."""
    return render(request, "core/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Uses nothing that may be what broke: no database, no session, no language, no manifest."""
    page = render_to_string("core/500.html", {"static_url": settings.STATIC_URL})
    return HttpResponse(page, status=500)
