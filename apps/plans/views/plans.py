"""The plan list, a plan's page, its settings, copy, archive and deletion."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import NullIf
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from apps.plans import lifecycle, samples, services
from apps.plans.access import PlanMixin, Role
from apps.plans.contents import load
from apps.plans.display import show_value
from apps.plans.models import HiddenSection, Membership, Plan, SectionProgress
from apps.plans.navigation import navigation
from apps.plans.path import path
from apps.plans.plan_forms import CopyForm, DeletePlanForm, NewPlanForm, PlanForm, SampleForm
from apps.plans.reading import NotedReading
from apps.plans.summary import key_figures


class PlanList(LoginRequiredMixin, ListView):
    """The person's plans: searched, sorted, paged; the same number of queries for any number."""

    template_name = "plans/plan_list.html"
    paginate_by = 20
    sorts = {
        "changed": ("-plan__updated_at", "-plan__pk"),
        "title": ("plan__title", "plan__pk"),
        "progress": (F("percent").desc(nulls_last=True), "-plan__pk"),
    }

    def get_queryset(self) -> QuerySet[Membership]:
        asked = self.request.GET
        mine = Membership.objects.filter(
            user=self.request.user, plan__archived_at__isnull=asked.get("show") != "archived"
        )
        if words := asked.get("q", "").replace("\x00", "").strip()[:100]:
            mine = mine.filter(
                Q(plan__title__icontains=words)
                | Q(plan__company__icontains=words)
                | Q(plan__pitch__icontains=words)
            )
        mine = mine.annotate(percent=_percent_seen())
        return mine.select_related("plan", "plan__updated_by").order_by(*self.sorts[self.sort])

    @property
    def sort(self) -> str:
        asked = self.request.GET.get("sort", "changed")
        return asked if asked in self.sorts else "changed"

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        # A page that is not there shows the nearest one instead of an error.
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            q=self.request.GET.get("q", ""),
            sort=self.sort,
            show=self.request.GET.get("show", ""),
            querystring=query.urlencode(),
            sample_form=SampleForm(),
            any_plan=Membership.objects.filter(user=self.request.user).exists(),
            **kwargs,
        )


def _percent_seen() -> QuerySet[Any]:
    """Progress over the sections that the membership's role sees, in per cent, rounded down."""
    hidden = HiddenSection.objects.filter(
        plan=OuterRef("plan"), section=OuterRef("section"), role=OuterRef(OuterRef("role"))
    )
    seen = SectionProgress.objects.filter(~Exists(hidden), plan=OuterRef("plan"))
    return (
        seen.order_by().values("plan").annotate(percent=100 * Sum("done") / NullIf(Sum("total"), 0))
    ).values("percent")


class PlanCreate(LoginRequiredMixin, FormView):
    """A new plan: from a sample as it is, or blank with its settings."""

    template_name = "plans/plan_create.html"
    form_class = NewPlanForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "sample" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = SampleForm(request.POST)
        if not form.is_valid():
            context = self.get_context_data(form=self.form_class(), sample_form=form)
            return self.render_to_response(context, status=422)
        name, language = form.cleaned_data["sample"], form.cleaned_data["language"]
        return self.open_new(document=samples.document(name, language), sample=name)

    def form_valid(self, form: NewPlanForm) -> HttpResponse:
        return self.open_new(**{name: form.cleaned_data[name] for name in Plan.CONTENT})

    def open_new(self, **given: Any) -> HttpResponse:
        plan = services.create_plan(by=self.request.user, **given)
        messages.success(self.request, _("Your plan is ready. This page names the next step."))
        return redirect("plans:page", plan.uid)

    def form_invalid(self, form: NewPlanForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("sample_form", SampleForm())
        return super().get_context_data(**kwargs)


class PlanView(PlanMixin):
    """What pages about a whole plan share."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(navigation=navigation(self.access), **kwargs)


class PlanPage(PlanView, NotedReading, TemplateView):
    """Reads the whole plan for its key figures: one query a part."""

    action = "plan.read"
    template_name = "plans/plan_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contents = load(self.plan, self.access.hidden)
        context = super().get_context_data(
            contents=contents, key_figures=key_figures(contents), **kwargs
        )
        return context | {"path": path(context["navigation"], self.plan)}


class PlanSettings(PlanView, FormView):
    action = "plan.configure"
    template_name = "plans/plan_settings.html"
    form_class = PlanForm

    def get_form_kwargs(self) -> dict[str, Any]:
        # The form changes its own copy: the page's heading keeps the stored title.
        return {**super().get_form_kwargs(), "instance": Plan.objects.get(pk=self.plan.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("mark", lifecycle.settings_mark(self.plan))
        return super().get_context_data(**kwargs)

    def form_valid(self, form: PlanForm) -> HttpResponse:
        base = self.request.POST.get("mark", "")
        try:
            lifecycle.configure_plan(plan=form.instance, base=base, by=self.request.user)
        except services.Conflict:
            return self.show_conflict(form)
        messages.success(self.request, _("The settings are saved."))
        return redirect("plans:page", self.plan.uid)

    def show_conflict(self, form: PlanForm) -> HttpResponse:
        """Somebody saved first: the form with this person's text, theirs beside it."""
        theirs = PlanForm(instance=self.plan)
        differ = [
            (theirs[name].label, shown_setting(self.plan, name), shown_setting(form.instance, name))
            for name in Plan.CONTENT
            if getattr(self.plan, name) != getattr(form.instance, name)
        ]
        context = self.get_context_data(form=form, differ=differ)
        return self.render_to_response(context, status=409)

    def form_invalid(self, form: PlanForm) -> HttpResponse:
        # Still based on what the person saw: somebody else's change shows when this one is saved.
        mark = self.request.POST.get("mark", "")
        return self.render_to_response(self.get_context_data(form=form, mark=mark), status=422)


def shown_setting(plan: Plan, name: str) -> str:
    return show_value(Plan._meta.get_field(name), getattr(plan, name), plan)


class PlanOwn(PlanMixin, View):
    """The figures of a plan made from a sample are the founder's own by now."""

    action = "plan.configure"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        lifecycle.own_figures(plan=self.plan, by=request.user)
        messages.success(request, _("The plan no longer counts as a sample."))
        return redirect("plans:page", self.plan.uid)


class PlanCopy(PlanView, FormView):
    action = "plan.copy"
    template_name = "plans/plan_copy.html"
    form_class = CopyForm

    def get_initial(self) -> dict[str, Any]:
        return {"title": (_("Copy of %(title)s") % {"title": self.plan.title})[:120]}

    def form_valid(self, form: CopyForm) -> HttpResponse:
        copy = lifecycle.copy_plan(
            plan=self.plan, by=self.request.user, hidden=self.access.hidden, **form.cleaned_data
        )
        messages.success(self.request, _("The copy is yours. Its people were not copied."))
        return redirect("plans:page", copy.uid)


class PlanArchive(PlanView, TemplateView):
    action = "plan.archive"
    template_name = "plans/plan_archive.html"

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        archive = self.plan.archived_at is None
        lifecycle.set_archived(plan=self.plan, archived=archive, by=request.user)
        said = _("The plan is archived.") if archive else _("The plan is active again.")
        messages.success(request, said)
        return redirect("plans:page", self.plan.uid)


class PlanDelete(PlanView, FormView):
    action = "plan.delete"
    template_name = "plans/plan_delete.html"
    form_class = DeletePlanForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": self.plan}

    def form_valid(self, form: DeletePlanForm) -> HttpResponse:
        title = self.plan.title
        lifecycle.delete_plan(plan=self.plan)
        messages.success(self.request, _("“%(title)s” is deleted.") % {"title": title})
        return HttpResponseRedirect(reverse("plans:list"))

    def form_invalid(self, form: DeletePlanForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self.plan.memberships.exclude(role=Role.OWNER).count()
        return super().get_context_data(people=people, **kwargs)
