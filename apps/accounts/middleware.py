"""A signed-in person reads every page in the language of their profile. Named in settings."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from apps.core.views import remember_language


class UserLanguageMiddleware:
    """Visitors keep what LocaleMiddleware found: the language cookie, else Accept-Language.

    The cookie follows the profile, so that the page after signing out, or the code page after
    signing up, stays in the same language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.user.language if request.user.is_authenticated else None
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        language = getattr(request, "chosen_language", language)
        cookie = settings.LANGUAGE_COOKIE_NAME
        if language and cookie not in response.cookies and request.COOKIES.get(cookie) != language:
            remember_language(response, language)
        return response
