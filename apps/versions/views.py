"""The pages of a plan's versions: the list, reading one, comparing two, bringing one back."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from apps.plans.contents import Contents, load
from apps.plans.document import Document, DocumentError, content_hash, dump, restore
from apps.plans.folding import folded
from apps.plans.render import render_section
from apps.plans.sections import registry
from apps.plans.summary import key_figures
from apps.plans.views.plans import PlanList, PlanView
from apps.versions import services
from apps.versions.diff import PlanDiff, diff
from apps.versions.forms import CompareForm, VersionForm
from apps.versions.models import Reason, Version


class VersionList(PlanView, ListView):
    """Newest first; reads no document."""

    actions = {"GET": "version.read", "POST": "version.create"}
    template_name = "versions/list.html"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset
    form: VersionForm | None = None

    def get_queryset(self) -> QuerySet[Version]:
        versions = self.plan.versions.defer("document").select_related("author")
        return versions.order_by("-number")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        versions = context["page_obj"].object_list
        latest = self.plan.versions.order_by("-number").values_list("number", flat=True).first()
        return context | {
            "form": self.form or VersionForm(),
            "choose": CompareForm(plan=self.plan, initial={"older": latest, "newer": 0}),
            "rows": [(version, *self.changes(version)) for version in versions],
        }

    def changes(self, version: Version) -> tuple[int, list[Any]]:
        """How many changes since the version before, and of which sections."""
        seen = version.changes_seen(self.access.hidden)
        titles = [section.title for section in registry if section.name in seen]
        return sum(seen.values()), [_("Plan settings"), *titles] if "" in seen else titles

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.form = VersionForm(request.POST)
        if not self.form.is_valid():
            return self.show_again(request, **kwargs)
        label = self.form.cleaned_data["label"]
        latest = self.plan.versions.defer("document").order_by("-number").first()
        version = services.take_version(
            plan=self.plan, by=request.user, reason=Reason.MANUAL, label=label
        )
        number = {"number": version.number}
        if latest is None or version.number != latest.number:
            messages.success(request, _("Version %(number)s is saved.") % number)
        elif label and not version.label:
            services.name_version(version=version, label=label, by=request.user)
            text = _("Nothing changed since version %(number)s, so the name was given to it.")
            messages.info(request, text % number)
        elif label and label != version.label:
            text = _("Nothing changed since version %(number)s, which has a name already.")
            self.form.add_error("label", text % number)
            return self.show_again(request, **kwargs)
        else:
            text = _("Nothing changed since version %(number)s, so no new one was saved.")
            messages.info(request, text % number)
        return redirect("versions:list", plan=self.plan.uid)

    def show_again(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = self.get(request, **kwargs)
        response.status_code = 422
        return response


class VersionMixin(PlanView):
    """A view of one version, ``number`` in the URL; adds ``version``."""

    action = "version.read"

    @cached_property
    def version(self) -> Version:
        return self.numbered(self.kwargs["number"])  # type: ignore[attr-defined]

    def numbered(self, number: int) -> Version:
        versions = self.plan.versions.select_related("author")
        return get_object_or_404(versions, number=number)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().dispatch(request, *args, **kwargs)
            # Now and not later, since a difference is read while it is shown.
            return response.render() if isinstance(response, TemplateResponse) else response
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("versions:list", plan=self.plan.uid)


class VersionRead(VersionMixin, TemplateView):
    """The first page of an old version: its settings and key figures."""

    template_name = "versions/read.html"

    @cached_property
    def contents(self) -> Contents:
        return restore(self.version.document, self.access.hidden)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            version=self.version,
            form=VersionForm(initial={"label": self.version.label}),
            then=self.contents.plan,
            chapters=[content.section for content in self.contents.sections()],
            key_figures=key_figures(self.contents),
            **kwargs,
        )


class VersionSection(VersionRead):
    """One section as the version has it, by the template that shows the live plan."""

    template_name = "versions/read_section.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        section = kwargs.pop("section")  # else the live section would be marked in the navigation
        if section.name in self.contents.hidden:
            raise Http404
        chapters = [content.section for content in self.contents.sections()]
        place = chapters.index(section)
        return VersionMixin.get_context_data(
            self,
            version=self.version,
            chapters=chapters,
            chapter=section,
            previous=chapters[place - 1] if place else None,
            next=next(iter(chapters[place + 1 :]), None),
            html=folded(render_section(self.contents.section(section.name))),
            **kwargs,
        )


class VersionName(VersionMixin, View):
    action = "version.create"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = VersionForm(request.POST)
        if form.is_valid():
            label = form.cleaned_data["label"]
            services.name_version(version=self.version, label=label, by=request.user)
            messages.success(request, _("The name is saved."))
        else:
            messages.error(request, " ".join(form.errors["label"]))
        return redirect("versions:read", plan=self.plan.uid, number=self.version.number)


class CompareChoose(PlanView, View):
    """From the form with two lists to the address of the comparison."""

    action = "version.read"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CompareForm(request.GET, plan=self.plan)
        if not form.is_valid():
            messages.error(request, _("Choose two versions from the lists."))
            return redirect("versions:list", plan=self.plan.uid)
        older, newer = form.cleaned_data["older"], form.cleaned_data["newer"]
        if newer and newer < older:
            older, newer = newer, older
        return redirect("versions:compare", plan=self.plan.uid, older=older, newer=newer)


class Compare(VersionMixin, TemplateView):
    """What changed from one version to another, or (newer 0) to the plan as it is now."""

    template_name = "versions/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        older = self.numbered(kwargs["older"])
        newer = self.numbered(kwargs["newer"]) if kwargs["newer"] else None
        chosen = {"older": older.number, "newer": newer.number if newer else 0}
        now = newer.document if newer else dump(load(self.plan, self.access.hidden))
        return super().get_context_data(
            **kwargs
            | {
                "older": older,
                "newer": newer,
                "choose": CompareForm(plan=self.plan, initial=chosen),
                "diff": diff(older.document, now, self.access.hidden),
            }
        )


class Restore(VersionMixin, TemplateView):
    """Bring a version back: first what would change, then, if the plan is still the same, so."""

    action = "version.restore"
    template_name = "versions/restore.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = dump(load(self.plan))
        kwargs |= {"version": self.version, "seen": content_hash(now), "diff": self.changes(now)}
        return super().get_context_data(**kwargs)

    def changes(self, now: Document) -> PlanDiff:
        """What restoring would do, as this person may see it."""
        unknown = {section.name for section in registry} - set(self.version.document["sections"])
        return diff(now, self.version.document, self.access.hidden | unknown)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        number = {"number": self.version.number}
        try:
            result = services.restore_version(
                plan=self.plan,
                number=self.version.number,
                by=request.user,
                hidden=self.access.hidden,
                seen=request.POST.get("seen", ""),
            )
        except services.Changed:
            return self.render_to_response(self.get_context_data(changed=True), status=409)
        if result:
            text = _("The plan reads as it did in version %(number)s. Nothing was deleted.")
            messages.success(request, text % number)
        else:
            messages.info(request, _("The plan reads as version %(number)s does already.") % number)
        return redirect("versions:list", plan=self.plan.uid)
