"""Coming in: the address with the token, and the passcode."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from apps.core.views import remember_language
from apps.sharing import services, throttle, visits
from apps.sharing.forms import PasscodeForm
from apps.sharing.views.base import FOR_TOKENS, SharedView, gone, private


# Nothing can be sent here; whatever is, is refused without a page that would repeat the address.
@method_decorator(csrf_exempt, name="dispatch")
class Enter(View):
    """Exchanges the token for a visit and leads on to an address without it.

    A robot that makes a preview uses nothing up: nothing is counted before a page is read.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = services.find_by_token(token)
        if link is None or not link.is_open:
            return gone(request, FOR_TOKENS, link)
        if request.method == "HEAD":
            return private(HttpResponse(), FOR_TOKENS)
        response = redirect("shared:page", link.uid)
        if visits.begin(request, link) and not request.user.is_authenticated:
            remember_language(response, link.language)  # readers may switch to the other one
        return private(response, FOR_TOKENS)


class Passcode(SharedView):
    """Names neither the plan nor the company: whoever has no passcode has seen nothing."""

    needs_passcode = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.visit.passed:
            return redirect("shared:page", self.link.uid)
        return self.show(PasscodeForm(link=self.link))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.visit.passed:
            return redirect("shared:page", self.link.uid)
        form = PasscodeForm(request.POST, link=self.link)
        taken = throttle.take(throttle.PASSCODE, request, self.link)
        if not taken.allowed:
            form = PasscodeForm(link=self.link)
            return self.show(form, status=429, refusal=too_many(taken))
        if form.is_valid():
            throttle.give_back(throttle.PASSCODE, request, self.link)
            visits.pass_by(request, self.link, self.visit)
            return redirect("shared:page", self.link.uid)
        if form.data.get("password", "").strip():
            services.note_wrong_passcode(link=self.link)
            form.add_error("password", left(taken))
        else:
            throttle.give_back(throttle.PASSCODE, request, self.link)
        return self.show(form, status=422)

    def show(self, form: PasscodeForm, status: int = 200, refusal: str = "") -> HttpResponse:
        context = {"form": form, "refusal": refusal}
        return render(self.request, "sharing/passcode.html", context, status=status)


def left(taken: throttle.Taken) -> str:
    """How many wrong ones may follow."""
    if not taken.left:
        return too_many(taken)
    text = ngettext(
        "%(count)s more try, then you have to wait.",
        "%(count)s more tries, then you have to wait.",
        taken.left,
    )
    return text % {"count": taken.left}


def too_many(taken: throttle.Taken) -> str:
    if taken.until is None:
        return _("Too many tries. Wait a quarter of an hour, then try again.")
    text = ngettext(
        "Too many tries. Wait %(minutes)s minute, until %(time)s, then try again.",
        "Too many tries. Wait %(minutes)s minutes, until %(time)s, then try again.",
        taken.minutes,
    )
    time = f"{timezone.localtime(taken.until):%H:%M %Z}"
    return text % {"minutes": taken.minutes, "time": time}
