"""The owner's pages: every link of the plan, one link with its receipts, and making one."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, View

from apps.comments.places import words
from apps.plans.sections import registry
from apps.plans.views.plans import PlanList, PlanView
from apps.sharing import services, shown
from apps.sharing.forms import CHAPTERS, COMMENT, SUMMARY, ExtendForm, LinkForm
from apps.sharing.models import Opening, ShareLink


class LinkView(PlanView):
    action = "share.manage"

    def links(self) -> QuerySet[ShareLink]:
        """With what the receipts amount to."""
        links = ShareLink.objects.filter(plan=self.plan).select_related("version", "created_by")
        return links.defer("version__document").annotate(
            opens=Count("openings"),
            last_opened=Max("openings__at"),
            pages=Coalesce(Sum("openings__pages"), 0),
            downloads=Coalesce(Sum("openings__downloads"), 0),
        )

    @cached_property
    def link(self) -> ShareLink:
        link = get_object_or_404(self.links(), uid=self.kwargs["link"])  # type: ignore[attr-defined]
        link.plan = self.plan
        return link


class LinkList(LinkView, ListView):
    template_name = "sharing/list.html"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset

    def get_queryset(self) -> QuerySet[ShareLink]:
        return self.links().order_by("-created_at", "-pk")


class LinkPage(LinkView, ListView):
    """One link: what it shows, who came when, and extending or closing it."""

    template_name = "sharing/link.html"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset

    def get_queryset(self) -> QuerySet[Opening]:
        return self.link.openings.order_by("-at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        threads = self.link.threads.order_by("-updated_at", "-pk")[:20]
        kwargs |= {
            "link": self.link,
            "shown": [section for section in registry if section.name in self.link.sections],
            "unknown": shown.left_unknown(self.link),
            "threads": [(thread, words(thread.place, thread.label)) for thread in threads],
            "extend_form": ExtendForm(),
        }
        return super().get_context_data(**kwargs)


class LinkCreate(LinkView, FormView):
    """Answers with the link's address, which is stored nowhere: it is shown this once.

    ``?shows=summary`` comes from the page of the summary and chooses it alone.
    """

    template_name = "sharing/create.html"
    form_class = LinkForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": self.plan}

    def get_initial(self) -> dict[str, Any]:
        alone = self.request.GET.get("shows") == SUMMARY
        return {"shows": SUMMARY if alone else CHAPTERS, "sender": str(self.request.user)}

    def form_valid(self, form: LinkForm) -> HttpResponse:
        given = form.cleaned_data
        if given["uid"] and ShareLink.objects.filter(uid=given["uid"]).exists():
            return self.made_before(given["uid"])
        made = services.make_link(
            plan=self.plan,
            by=self.request.user,
            summary_only=given["shows"] == SUMMARY,
            may_comment=given["allows"] == COMMENT,
            passcode=given["password"],
            **{
                name: given[name]
                for name in (
                    "recipient", "sender", "version", "sections", "may_download", "days",
                    "language", "uid",
                )
            },
        )  # fmt: skip
        address = reverse("shared:enter", args=[made.token])
        context = self.get_context_data(
            form=form, link=made.link, address=self.request.build_absolute_uri(address)
        )
        response = self.response_class(self.request, "sharing/made.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def made_before(self, uid: str) -> HttpResponse:
        """The form was sent twice, or the page of the new link loaded again."""
        link = get_object_or_404(ShareLink, plan=self.plan, uid=uid)
        messages.info(
            self.request,
            _("This link is made. Its address was shown once; if you missed it, make another one."),
        )
        return redirect("sharing:link", self.plan.uid, link.uid)

    def form_invalid(self, form: LinkForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LinkExtend(LinkView, View):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ExtendForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose one of the times."))
        elif services.extend_link(link=self.link, days=form.cleaned_data["days"], by=request.user):
            messages.success(request, _("The link is valid longer now."))
        else:
            messages.error(request, _("The link is closed for good. Make another one."))
        return redirect("sharing:link", self.plan.uid, self.link.uid)


class LinkRevoke(LinkView, View):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.revoke_link(link=self.link, by=request.user)
        messages.success(request, _("The link is closed. Whoever has it sees nothing any more."))
        return redirect("sharing:link", self.plan.uid, self.link.uid)
