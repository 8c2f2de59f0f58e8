"""What a guest reads, and comments on where the link allows it: the summary and the sections."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from apps.comments.models import Comment, Thread
from apps.comments.places import NoSuchPlace, words
from apps.plans.folding import folded
from apps.plans.render import render_section
from apps.plans.sections import Section
from apps.plans.summary import key_figures, one_page
from apps.sharing import guests, throttle, visits
from apps.sharing.forms import CommentForm, ReplyForm
from apps.sharing.views.base import SharedView


@dataclass(frozen=True)
class Card:
    """A thread as its guests see it."""

    thread: Thread
    place: str
    comments: list[Comment]
    form: ReplyForm


class SharedPage(SharedView):
    """The overview, which opens with the one-page summary, and what all pages to read share."""

    template_name = "sharing/page.html"

    @property
    def section(self) -> Section | None:
        return self.kwargs.get("section")

    @cached_property
    def chapters(self) -> list[Section]:
        """The sections with a page of their own."""
        if self.link.summary_only:
            return []
        return [content.section for content in self.contents.sections()]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.must_be_shown()
        visits.count(request, self.link, self.visit, "pages")
        return self.show()

    def must_be_shown(self) -> None:
        """A section that was not chosen does not exist, nor does any beside a summary alone."""
        if self.section and self.section not in self.chapters:
            raise Http404

    def show(self, status: int = 200, **refused: Any) -> HttpResponse:
        context = {
            "link": self.link,
            "plan": self.contents.plan,
            "chapters": self.chapters,
            "chapter": self.section,
            **self.parts_of_page(),
            **self.comments(**refused),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def parts_of_page(self) -> dict[str, Any]:
        figures = key_figures(self.contents)
        return {
            **one_page(self.contents, figures),
            "key_figures": [] if self.link.summary_only else figures,
            "next": next(iter(self.chapters), None),
        }

    # --- Comments -----------------------------------------------------------------------------
    def comments(
        self, form: CommentForm | None = None, replies: dict[str, ReplyForm] | None = None
    ) -> dict[str, Any]:
        """The threads here and the forms to write; ``form`` and ``replies`` are those refused."""
        if not self.link.may_comment:
            return {}
        cards = [
            Card(
                thread,
                words(thread.place, thread.label),
                list(thread.comments.all()),
                (replies or {}).get(thread.uid) or self.reply_form(thread),
            )
            for thread in guests.threads_at(self.link, self.section)
        ]
        return {
            "cards": cards,
            "comment_form": form or self.comment_form(),
            "known_name": self.visit.name,
        }

    def comment_form(self, data: Any = None) -> CommentForm:
        return CommentForm(
            data,
            places=guests.places(self.contents, self.section),
            initial={"name": self.visit.name},
        )

    def reply_form(self, thread: Thread, data: Any = None) -> ReplyForm:
        initial = {"name": self.visit.name}
        return ReplyForm(data, initial=initial, auto_id=f"id-{thread.uid}-%s")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.must_be_shown()
        if not self.link.may_comment:
            raise Http404
        if uid := request.POST.get("thread"):
            return self.answer(get_object_or_404(self.link.threads.all(), uid=uid))
        form = self.comment_form(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        if not self.may_write(form):
            return self.show(status=429, form=form)
        given = dict(form.cleaned_data)
        place = guests.place_of(self.section, given.pop("place"))
        try:
            thread = guests.begin_thread(link=self.link, visit=self.visit, place=place, **given)
        except NoSuchPlace as error:  # deleted since the form was checked
            raise Http404 from error
        return self.written(given["name"], thread)

    def answer(self, thread: Thread) -> HttpResponse:
        form = self.reply_form(thread, self.request.POST)
        if not form.is_valid():
            return self.show(status=422, replies={thread.uid: form})
        if not self.may_write(form):
            return self.show(status=429, replies={thread.uid: form})
        thread.plan = self.link.plan
        guests.answer(thread=thread, visit=self.visit, **form.cleaned_data)
        return self.written(form.cleaned_data["name"], thread)

    def may_write(self, form: ReplyForm) -> bool:
        if throttle.take(throttle.COMMENT, self.request, self.link).allowed:
            return True
        form.add_error("text", _("You write a lot just now. Wait ten minutes, then send it again."))
        return False

    def written(self, name: str, thread: Thread) -> HttpResponse:
        visits.call(self.request, self.link, self.visit, name)
        messages.success(self.request, _("Your comment is on its way to the founders."))
        where = redirect("shared:section" if self.section else "shared:page", **self.kwargs)
        where["Location"] += f"#thread-{thread.uid}"
        return where


class SharedSection(SharedPage):
    """One of the chosen sections, by the template that shows the live plan."""

    template_name = "sharing/section.html"

    def parts_of_page(self) -> dict[str, Any]:
        place = self.chapters.index(self.section)
        return {
            "html": folded(render_section(self.contents.section(self.section.name), guest=True)),
            "previous": self.chapters[place - 1] if place else None,
            "next": next(iter(self.chapters[place + 1 :]), None),
        }
