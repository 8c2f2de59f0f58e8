"""What every page of a share link has in common: who is let in, and what the answer must not leak.

These pages are under no plan's access: the link is the right (services.py). Whatever is not there
gets one and the same answer, which names nothing; see ``gone`` for links that are closed.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from apps.core.views import kept, only_a_form, typed_texts
from apps.plans.contents import Contents
from apps.plans.document import DocumentError
from apps.sharing import services, shown
from apps.sharing.models import ShareLink, State
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


def gone(
    request: HttpRequest, referrer: str = FOR_PAGES, link: ShareLink | None = None
) -> HttpResponse:
    """``link`` for who has shown its token, now or when their visit began: they are told whom to
    ask. That its time is over they could read on its pages; why else it is not open, they are not
    told."""
    expired = link is not None and link.state == State.EXPIRED and link.plan.archived_at is None
    context = {"asks": link.sender if link else "", "expired": link.expires_at if expired else None}
    return private(render(request, "sharing/gone.html", context, status=404), referrer)


class SharedView(View):
    """A page of a visit; adds ``link`` and ``visit``."""

    needs_passcode = True
    link: ShareLink
    visit: Visit

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link, visit = services.find_by_uid(kwargs["link"]), visits_of(request).get(kwargs["link"])
        if link is None or visit is None:
            return self.refused(request)
        if not link.is_open:
            return self.refused(request, link)
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

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        back = reverse("shared:page", args=[self.link.uid])
        return only_a_form(request, allowed=self._allowed_methods(), back=back)

    def refused(self, request: HttpRequest, link: ShareLink | None = None) -> HttpResponse:
        """A text that was sent comes back with the refusal."""
        if request.method == "POST" and typed_texts(request):
            reason = _("The link does not work any more. Ask the person who sent it to you.")
            return private(kept(request, status=404, reason=reason))
        return gone(request, link=link)

    @cached_property
    def contents(self) -> Contents:
        """What the link shows, without anything else of the plan."""
        return shown.contents(self.link)
