"""What every view of a plan's comments shares."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from apps.comments.cards import Deck
from apps.comments.mentions import unknown
from apps.comments.models import Thread
from apps.comments.threads import in_full, readers, visible, with_unread
from apps.core.views import kept, typed_texts
from apps.plans.access import Access, PlanMixin


class ReadersOnly:
    """To a viewer whom the owner shows no comments, there are none. Behind PlanMixin."""

    access: Access

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.access.reads_comments:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class CommentMixin(PlanMixin, ReadersOnly):
    """A text sent to what is not there, or not there any more, comes back with the refusal."""

    action = "comment.read"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if request.method == "POST" and typed_texts(request):
                reason = _("What you write about is not there, or not shown to you any more.")
                return kept(request, status=404, reason=reason)
            raise

    @cached_property
    def deck(self) -> Deck:
        return Deck(self.access, self.request.user)  # type: ignore[attr-defined]

    def thread(self) -> Thread:
        """The thread of the URL as this person sees it."""
        found = with_unread(visible(self.access), self.request.user)  # type: ignore[attr-defined]
        thread = get_object_or_404(in_full(found), uid=self.kwargs["thread"])  # type: ignore[attr-defined]
        thread.plan = self.plan
        return thread

    def untold(self, thread: Thread, text: str) -> list[str]:
        """Names called in the text that are nobody's who reads the thread."""
        return unknown(text, readers(self.deck.people, thread.section, thread.visibility))

    def say_untold(self, names: list[str]) -> None:
        if names:
            messages.warning(self.request, untold_words(names))  # type: ignore[attr-defined]


def untold_words(names: list[str]) -> str:
    told = _(", ").join(f"@{name}" for name in names)
    return _(
        "%(names)s: nobody who reads this has that name to themselves, so nobody was told. Change "
        "your comment and write the full name or the e-mail address."
    ) % {"names": told}


def to_thread(thread: Thread) -> HttpResponse:
    return HttpResponseRedirect(thread.address)
