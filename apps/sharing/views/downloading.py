"""The PDF of what the link shows: asking for it, waiting for it, its file."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.exports.models import Export, State
from apps.exports.services import look_after
from apps.sharing import copies, throttle, visits
from apps.sharing.views.base import SharedView


class DownloadView(SharedView):
    def copy(self) -> Export:
        """The copy of the URL, if this link made it."""
        if not self.link.may_download:
            raise Http404
        copies_made = self.link.exports.select_related("plan", "version")
        return get_object_or_404(copies_made.defer("version__document"), uid=self.kwargs["export"])


class CopyRequest(DownloadView):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.link.may_download:
            raise Http404
        if not throttle.take(throttle.COPY, request, self.link).allowed:
            text = _("Too many PDFs were asked for. Wait an hour, then try again.")
            context = {"link": self.link, "refusal": text}
            return TemplateResponse(request, "sharing/copy.html", context, status=429)
        copy = copies.request_copy(link=self.link, language=get_language() or self.link.language)
        return redirect("shared:copy", self.link.uid, copy.uid)


class CopyPage(DownloadView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        copy = self.copy()
        if look_after(copy):  # moved on, since nobody else did
            copy = self.copy()
        # htmx asks every second for the part that changes.
        template = "sharing/_copy_state.html" if request.htmx else "sharing/copy.html"
        return TemplateResponse(request, template, {"link": self.link, "copy": copy})


class CopyFile(DownloadView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        copy = self.copy()
        if copy.state != State.DONE:
            raise Http404
        try:
            content = copy.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        visits.count(request, self.link, self.visit, "downloads")
        response = FileResponse(
            content,
            as_attachment=True,
            filename=copies.file_name(self.link, copy),
            content_type="application/pdf",
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response
