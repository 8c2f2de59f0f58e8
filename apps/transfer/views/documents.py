"""The plan as a JSON document: out, in as a new plan, and in over an existing one."""

import json
import re
from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from apps.plans.access import PlanMixin
from apps.plans.contents import load
from apps.plans.document import Document, content_hash, dump, restore
from apps.plans.models import Plan
from apps.plans.services import Conflict, create_plan
from apps.plans.views.plans import PlanView
from apps.transfer import services
from apps.transfer.checking import Checked, check
from apps.transfer.forms import DocumentForm
from apps.transfer.preview import preview

VERSIONS_SHOWN = 20


def file_name(plan: Plan, rest: str) -> str:
    """The plan's title with ``rest`` behind it, without what file systems refuse."""
    title = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "-", f"{plan.title}{rest}").strip(" .-")
    return title or f"{plan.uid}{rest}"


def attachment(content: str, kind: str, name: str) -> HttpResponse:
    """A file for the person alone, never shown in place."""
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def document_response(request: HttpRequest, document: Document, name: str) -> HttpResponseBase:
    """The document; its content hash is the ETag."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    response = attachment(text, "application/json", name)
    response["ETag"] = quote_etag(content_hash(document))
    return get_conditional_response(request, etag=response["ETag"], response=response)


class PlanData(PlanView, TemplateView):
    """All ways in and out on one page."""

    action = "plan.download"
    template_name = "transfer/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions: Any = []
        if self.access.may("version.read"):
            found = self.plan.versions.defer("document").order_by("-number")
            versions = found[:VERSIONS_SHOWN]
        return super().get_context_data(versions=versions, **kwargs)


class PlanDocument(PlanMixin, View):
    """The plan as it stands, without the sections hidden from the person."""

    action = "plan.download"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        document = dump(load(self.plan, self.access.hidden))
        return document_response(request, document, file_name(self.plan, ".json"))


class VersionDocument(PlanMixin, View):
    """The plan as a version keeps it."""

    action = "version.read"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        version = get_object_or_404(self.plan.versions, number=self.kwargs["number"])
        document = version.document
        if self.access.hidden:
            document = dump(restore(document, self.access.hidden))
        name = file_name(self.plan, f" v{version.number}.json")
        return document_response(request, document, name)


class DocumentReader(ABC):
    """What both ways in share: read the file, show what is wrong with it, ask again."""

    request: HttpRequest
    form: DocumentForm
    current: Document | None = None
    hidden: frozenset[str] = frozenset()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.form = DocumentForm(request.POST, request.FILES)
        if not self.form.is_valid():
            return self.show(422, form=self.form)
        checked = check(self.form.cleaned_data["given"], current=self.current, hidden=self.hidden)
        if checked.document is None:
            return self.show(422, form=DocumentForm(), checked=checked)
        return self.checked(checked, "confirmed" in request.POST)

    @abstractmethod
    def checked(self, checked: Checked, confirmed: bool) -> HttpResponseBase:
        """What to do with a file that can be read."""

    def show(self, status: int, **context: Any) -> HttpResponseBase:
        context = self.get_context_data(**context)  # type: ignore[attr-defined]
        return self.render_to_response(context, status=status)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", DocumentForm())
        return super().get_context_data(**kwargs)  # type: ignore[misc]


class PlanFromFile(LoginRequiredMixin, DocumentReader, TemplateView):
    """A new plan. Asks again only where something of the file would not come along as it is."""

    template_name = "transfer/new.html"

    def checked(self, checked: Checked, confirmed: bool) -> HttpResponseBase:
        if (checked.left_out or checked.notes) and not confirmed:
            return self.show(200, again=self.form.again(), checked=checked)
        plan = create_plan(by=self.request.user, document=checked.document)
        messages.success(self.request, _("The plan from the file is yours."))
        return redirect("plans:page", plan.uid)


class PlanImport(DocumentReader, PlanView, TemplateView):
    """The content of an existing plan: shown first, then replaced in one piece."""

    action = "plan.import"
    template_name = "transfer/import.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.hidden = self.access.hidden
        self.current = dump(load(self.plan, self.hidden))
        return super().post(request, **kwargs)

    def checked(self, checked: Checked, confirmed: bool) -> HttpResponseBase:
        if not confirmed:
            return self.ask(checked)
        try:
            services.replace_content(
                plan=self.plan, document=checked.document, by=self.request.user,
                base=self.request.POST.get("base", ""), hidden=self.hidden,
                label=self.form.cleaned_data["name"],
            )  # fmt: skip
        except Conflict:
            plan = Plan.objects.get(pk=self.plan.pk)
            self.current = dump(load(plan, self.hidden))
            given = self.form.cleaned_data["given"]
            checked = check(given, current=self.current, hidden=self.hidden)
            return self.ask(checked, status=409, changed=True)
        messages.success(
            self.request,
            _("The plan holds the content of the file. What it held before is kept as a version."),
        )
        return redirect("plans:page", self.plan.uid)

    def ask(self, checked: Checked, status: int = 200, **context: Any) -> HttpResponseBase:
        return self.show(
            status,
            again=self.form.again(),
            checked=checked,
            base=content_hash(self.current),
            preview=preview(self.current, checked.document),
            **context,
        )
