"""The export page, one export's progress, its file, and trying again."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.generic import ListView, TemplateView, View

from apps.exports import services
from apps.exports.choices import Edition, Format, Paper, Standard, State, withheld
from apps.exports.formats import MAKERS
from apps.exports.forms import ExportForm
from apps.exports.models import Export
from apps.plans.sections import Section, registry
from apps.plans.views.plans import PlanList, PlanView
from apps.versions.models import Version

# A person who waited this long for a worker is told so.
SLOW = timedelta(seconds=30)


class ExportList(PlanView, ListView):
    actions = {"GET": "export.read", "POST": "export.create"}
    template_name = "exports/list.html"
    context_object_name = "exports"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset
    form: ExportForm | None = None

    def get_queryset(self) -> QuerySet[Export]:
        return Export.objects.visible_to(self.access).order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.form["version"].value() if self.form else self.request.GET.get("version")
        version = self.earlier(asked)
        initial = {
            "language": self.plan.language,
            "format": Format.PDF,
            "edition": self.edition_asked,
            "paper": Paper.A4,
            "standard": Standard.ACCESS,
            "version": version and version.number,
            "annexes": self.request.GET.getlist("annex"),
        }
        if self.request.GET.get("chapters") == "none":
            initial["sections"] = []
        return super().get_context_data(
            form=self.form or self.make_form(initial=initial),
            version=version,
            offered=self.offered,
            kept_back=len(list(registry)) - len(self.offered),
            **kwargs,
        )

    @property
    def edition_asked(self) -> str:
        """What the page before names (``?edition=one_page``), else the usual one."""
        asked = self.request.GET.get("edition", "")
        return asked if asked in Edition.values else Edition.INVESTOR

    @property
    def offered(self) -> list[Section]:
        """The sections that this person may print."""
        return [section for section in registry if self.access.sees(section.name)]

    def make_form(self, *args: Any, **kwargs: Any) -> ExportForm:
        return ExportForm(
            *args,
            offered=self.offered,
            withheld=withheld(self.access),
            last_pages=Export.objects.visible_to(self.access).last_pages(),
            **kwargs,
        )

    def earlier(self, number: Any) -> Version | None:
        """The earlier version that is asked for, if one is; 404 for whoever reads no versions."""
        if not number:
            return None
        if not (str(number).isdecimal() and self.access.may("version.read")):
            raise Http404
        return get_object_or_404(self.plan.versions.defer("document"), number=int(number))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.form = self.make_form(request.POST)
        if not self.form.is_valid():
            response = self.get(request, **kwargs)
            response.status_code = 422
            return response
        export = services.request_export(
            plan=self.plan,
            by=request.user,
            hidden=self.access.hidden,
            **self.form.cleaned_data | {"version": self.earlier(self.form.cleaned_data["version"])},
        )
        return redirect("exports:export", plan=self.plan.uid, export=export.uid)


class ExportMixin(PlanView):
    """A view of one export. It does not exist for whoever may not see one of its sections."""

    action = "export.read"

    def export(self) -> Export:
        exports = Export.objects.visible_to(self.access)
        return get_object_or_404(exports, uid=self.kwargs["export"])

    def watched(self) -> Export:
        """The export, moved on first if nobody else does."""
        export = self.export()
        return self.export() if services.look_after(export) else export


class ExportPage(ExportMixin, TemplateView):
    def get_template_names(self) -> list[str]:
        # htmx asks every second for the part that changes.
        return ["exports/_progress.html" if self.request.htmx else "exports/export.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        export = kwargs["export"] = self.watched()  # the URL's id gives way to the export itself
        waited = timezone.now() - export.queued_at
        return super().get_context_data(
            place=export.place(),
            slow=export.state == State.QUEUED and waited > SLOW,
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        add_never_cache_headers(response)
        return response


class ExportState(ExportMixin, View):
    def get(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        export = self.watched()
        response = JsonResponse(
            {
                "state": export.state,
                "percent": export.percent,
                "stage": export.stage,
                "reason": str(export.reason),
                "place": export.place(),
            }
        )
        add_never_cache_headers(response)
        return response


class ExportFile(ExportMixin, View):
    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        export = self.export()
        if export.state != State.DONE:
            raise Http404
        try:
            content = export.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(
            content,
            as_attachment=True,
            filename=export.download_name,
            content_type=MAKERS[export.format].mime,
        )
        response["X-Content-Type-Options"] = "nosniff"
        add_never_cache_headers(response)
        return response


class ExportRetry(ExportMixin, View):
    action = "export.create"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        export = self.export()
        services.retry_export(export=export)
        return redirect("exports:export", plan=self.plan.uid, export=export.uid)
