"""Reading a plan's threads: all of them, those of one section at their places, and one by link."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import ListView, TemplateView, View

from apps.comments import services
from apps.comments.models import Thread
from apps.comments.outline import outline
from apps.comments.threads import unread, visible, with_unread
from apps.comments.views.base import CommentMixin, to_thread
from apps.plans.sections import registry
from apps.plans.views.plans import PlanList, PlanView
from apps.plans.views.sections import SectionMixin

OPEN, UNREAD, MINE, RESOLVED = "open", "unread", "mine", "resolved"
FILTERS = {
    OPEN: pgettext_lazy("thread", "Open"),
    UNREAD: gettext_lazy("New to you"),
    MINE: gettext_lazy("Assigned to you"),
    RESOLVED: gettext_lazy("Resolved"),
}


class ThreadList(CommentMixin, PlanView, ListView):
    """Every thread the person may read, the latest first."""

    template_name = "comments/list.html"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset

    @property
    def show(self) -> str:
        asked = self.request.GET.get("show", OPEN)
        return asked if asked in FILTERS else OPEN

    @property
    def only(self) -> str:
        """The section asked for; one kept from the person is none."""
        asked = self.request.GET.get("section", "")
        return asked if asked in registry and self.access.sees(asked) else ""

    def conditions(self) -> dict[str, Q]:
        return {
            OPEN: Q(resolved_at=None),
            UNREAD: Q(unread=True),
            MINE: Q(assignee=self.request.user, resolved_at=None),
            RESOLVED: Q(resolved_at__isnull=False),
        }

    def in_section(self) -> QuerySet[Thread]:
        threads = with_unread(visible(self.access), self.request.user)
        return threads.filter(section=self.only) if self.only else threads

    def get_queryset(self) -> QuerySet[Thread]:
        asked = self.in_section().filter(self.conditions()[self.show])
        return asked.order_by("-updated_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counted = self.in_section().aggregate(
            # Under another name than the annotation that the condition asks for.
            **{f"n_{name}": Count("pk", filter=one) for name, one in self.conditions().items()}
        )
        counts = {name: counted[f"n_{name}"] for name in FILTERS}
        query = self.request.GET.copy()
        query.pop("page", None)
        return context | {
            "cards": self.deck.cards(context["page_obj"].object_list),
            "filters": [(name, label, counts[name]) for name, label in FILTERS.items()],
            "counts": counts,
            "show": self.show,
            "only": self.only,
            "seen_sections": [one for one in registry if self.access.sees(one.name)],
            "querystring": query.urlencode(),
        }


class SectionComments(SectionMixin, CommentMixin, TemplateView):
    """The section, every record and field of it to be commented on, with the threads in place.
    Seen here, they are read."""

    template_name = "comments/section.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        threads = visible(self.access).filter(section=self.section.name)
        cards = self.deck.cards(threads.order_by("created_at", "pk"))
        new = [card.thread for card in cards if card.unread]
        services.mark_read(user=self.request.user, threads=new, at=now)
        return super().get_context_data(outline=outline(self.content, cards), cards=cards, **kwargs)


class ThreadLink(CommentMixin, View):
    """Where mails and notices lead: on to the thread at its place, which is read then."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        thread = self.thread()
        services.mark_read(user=request.user, threads=[thread])
        return to_thread(thread)


class ReadAll(CommentMixin, View):
    """Nothing is new to the person any more."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        services.mark_read(user=request.user, threads=unread(self.access, request.user), at=now)
        messages.success(request, _("Everything is marked as read."))
        return redirect("comments:list", self.plan.uid)
