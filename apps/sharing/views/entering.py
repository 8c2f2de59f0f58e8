"""Coming in: the address with the token, and the passcode."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
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
        if link is None:
            return gone(request, FOR_TOKENS)
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
        if not throttle.take(throttle.PASSCODE, request, self.link):
            form = PasscodeForm(link=self.link)
            text = _("Too many tries. Wait a quarter of an hour, then try again.")
            return self.show(form, status=429, refusal=text)
        if not form.is_valid():
            return self.show(form, status=422)
        throttle.give_back(throttle.PASSCODE, request, self.link)
        visits.pass_by(request, self.link, self.visit)
        return redirect("shared:page", self.link.uid)

    def show(self, form: PasscodeForm, status: int = 200, refusal: str = "") -> HttpResponse:
        context = {"form": form, "refusal": refusal}
        return render(self.request, "sharing/passcode.html", context, status=status)
