"""Reading a plan's threads, and writing in them. What may be done is decided in plans.access."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View

from apps.comments import services
from apps.comments.models import Thread
from apps.comments.threads import visible
from apps.plans.access import PlanMixin
from apps.plans.sections import registry


class CommentMixin(PlanMixin):
    """Of a plan's comments. To whoever may not read them they do not exist."""

    action = "comment.read"

    def thread(self) -> Thread:
        return get_object_or_404(visible(self.access), uid=self.kwargs["thread"])


def address(thread: Thread) -> str:
    """The thread at its place."""
    plan = thread.plan.uid
    if thread.section in registry:
        page = reverse("comments:section", args=[plan, registry[thread.section]])
    else:
        page = reverse("comments:list", args=[plan])
    return f"{page}#thread-{thread.uid}"


class ThreadLink(CommentMixin, View):
    """Where mails and notices lead: on to the thread at its place, now read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        thread = self.thread()
        services.mark_read(user=request.user, threads=[thread])
        return HttpResponseRedirect(address(thread))
