"""What every page of a share link has in common: who is let in, and what the answer must not leak.

These pages are under no plan's access: the link is the right (services.py). Whatever is not there
or not open any more gets one and the same answer, which names nothing.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from apps.core.views import kept, typed_texts
from apps.plans.contents import Contents
from apps.plans.document import DocumentError
from apps.sharing import services, shown
from apps.sharing.models import ShareLink
from apps.sharing.visits import Visit, visits_of

# A page with a form cannot say no-referrer: browsers then send it with "Origin: null", which the
# protection against forged requests refuses. Its own address holds no secret, and none of it leaves
# for another site.
FOR_PAGES, FOR_TOKENS = "same-origin", "no-referrer"


def private(response: HttpResponse, referrer: str = FOR_PAGES) -> HttpResponse:
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    return response


def gone(request: HttpRequest, referrer: str = FOR_PAGES) -> HttpResponse:
    return private(render(request, "sharing/gone.html", status=404), referrer)


class SharedView(View):
    """A page of a visit; adds ``link`` and ``visit``."""

    needs_passcode = True
    link: ShareLink
    visit: Visit

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link, visit = services.find_by_uid(kwargs["link"]), visits_of(request).get(kwargs["link"])
        if link is None or visit is None:
            return self.refused(request)
        self.link, self.visit = link, visit
        if self.needs_passcode and not visit.passed:
            return private(redirect("shared:passcode", link.uid))
        try:
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
        except (Http404, DocumentError):
            return self.refused(request)
        return private(response)

    def refused(self, request: HttpRequest) -> HttpResponse:
        """A text that was sent comes back with the refusal."""
        if request.method == "POST" and typed_texts(request):
            reason = _("The link does not work any more. Ask the person who sent it to you.")
            return private(kept(request, status=404, reason=reason))
        return gone(request)

    @cached_property
    def contents(self) -> Contents:
        """What the link shows, without anything else of the plan."""
        return shown.contents(self.link)
