"""Reading a plan's threads: all of them, those of one section at their places, and one by link."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import ListView, TemplateView, View

from apps.comments import places, services
from apps.comments.cards import Card, Deck
from apps.comments.models import Thread
from apps.comments.outline import outline
from apps.comments.threads import unread, visible, with_unread
from apps.comments.views.base import CommentMixin, to_thread
from apps.plans.checks import Place
from apps.plans.sections import registry
from apps.plans.views.plans import PlanList, PlanView
from apps.plans.views.sections import SectionMixin

OPEN, UNREAD, MINE, RESOLVED, ALL = "open", "unread", "mine", "resolved", "all"
FILTERS = {
    OPEN: pgettext_lazy("thread", "Open"),
    UNREAD: gettext_lazy("New to you"),
    MINE: gettext_lazy("Assigned to you"),
    RESOLVED: gettext_lazy("Resolved"),
    ALL: pgettext_lazy("threads", "All"),
}


class ThreadList(CommentMixin, PlanView, ListView):
    """Every thread the person may read, the latest first; ?thread= is shown before them. The query
    may name a place (places.query), whose threads alone are listed."""

    template_name = "comments/list.html"
    paginate_by = 25
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

    @cached_property
    def place(self) -> Place | None:
        """The part, row or field asked for."""
        asked = Place(*(self.request.GET.get(name, "") for name in places.NAMES))
        if asked.part and places.well_formed(asked) and self.access.sees(asked.section):
            return asked
        return None

    def conditions(self) -> dict[str, Q]:
        return {
            OPEN: Q(resolved_at=None),
            UNREAD: Q(unread=True),
            MINE: Q(assignee=self.request.user, resolved_at=None),
            RESOLVED: Q(resolved_at__isnull=False),
            ALL: Q(),
        }

    def in_section(self) -> QuerySet[Thread]:
        threads = with_unread(visible(self.access), self.request.user)
        if self.place:
            return threads.filter(**vars(self.place))
        return threads.filter(section=self.only) if self.only else threads

    def get_queryset(self) -> QuerySet[Thread]:
        found = self.in_section().filter(self.conditions()[self.show]).exclude(uid=self.asked)
        return found.order_by("-updated_at", "-pk")

    @property
    def asked(self) -> str:
        return self.request.GET.get("thread", "")[:12]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counted = self.in_section().aggregate(
            # Under another name than the annotation that the condition asks for.
            **{f"n_{name}": Count("pk", filter=one) for name, one in self.conditions().items()}
        )
        counts = {name: counted[f"n_{name}"] for name in FILTERS}
        query = self.request.GET.copy()
        query.pop("page", None)
        query.pop("thread", None)
        cards = self.deck.cards(context["page_obj"].object_list)
        asked = visible(self.access).filter(uid=self.asked)
        return context | {
            "place": self.place,
            "place_query": places.query(self.place) if self.place else "",
            "place_words": self.words(cards),
            "back": self.back(),
            "asked": self.deck.cards(asked) if self.asked else [],
            "cards": cards,
            "filters": [(name, label, counts[name]) for name, label in FILTERS.items()],
            "counts": counts,
            "show": self.show,
            "only": self.only,
            "seen_sections": [one for one in registry if self.access.sees(one.name)],
            "querystring": query.urlencode(),
        }

    def words(self, cards: list[Card]) -> str:
        """What the place asked for is called."""
        if not self.place:
            return ""
        return places.words(self.place, cards[0].thread.label if cards else "")

    def back(self) -> str:
        """To the place asked for, among the others of its section."""
        return places.url(self.plan, self.place) if self.place else ""


class SectionComments(SectionMixin, CommentMixin, TemplateView):
    """The section, every record and field of it to be commented on, with the threads in place, the
    foremost of them where there are many. Seen here, they are read."""

    template_name = "comments/section.html"

    @cached_property
    def deck(self) -> Deck:
        return Deck(self.access, self.request.user, self.contents)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        threads = visible(self.access).filter(section=self.section.name)
        asked = self.request.GET.get("thread", "")
        cards, rest = self.deck.foremost(threads.order_by("created_at", "pk"), asked)
        new = [card.thread for card in cards if card.unread]
        services.mark_read(user=self.request.user, threads=new, at=now)
        return super().get_context_data(
            outline=outline(self.content, cards, rest), cards=cards, more=rest.total(), **kwargs
        )


class ThreadLink(CommentMixin, View):
    """Where mails and notices lead: on to the thread at its place, which is read then."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        thread = self.thread()
        services.mark_read(user=request.user, threads=[thread])
        return to_thread(thread)


class ReadAll(CommentMixin, View):
    """Nothing is new to the person any more."""

    def instead(self) -> str:
        return reverse("comments:list", args=[self.plan.uid])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        services.mark_read(user=request.user, threads=unread(self.access, request.user), at=now)
        messages.success(request, _("Everything is marked as read."))
        return redirect("comments:list", self.plan.uid)
