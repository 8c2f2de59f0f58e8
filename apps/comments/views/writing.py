"""Writing comments. Each works with and without htmx; what is refused keeps its text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from apps.comments import places, services
from apps.comments.forms import StartForm, TextForm
from apps.comments.models import Comment, Thread, Visibility
from apps.comments.threads import visible
from apps.comments.views.base import CommentMixin, to_thread, untold_words
from apps.core.views import kept
from apps.plans.checks import Place
from apps.plans.contents import load
from apps.plans.document import restore
from apps.plans.navigation import navigation
from apps.versions.models import Version


class Start(CommentMixin, TemplateView):
    """A new thread at the place that the query names. Reviews have a view of their own of it, for
    comments on their version (reviews/views/remarking.py)."""

    action = "comment.write"
    version: Version | None = None  # what is commented on; None for the plan as it stands

    @cached_property
    def place(self) -> Place:
        asked = Place(*(self.request.GET.get(name, "") for name in places.NAMES))
        if not (places.well_formed(asked) and self.access.sees(asked.section)):
            raise Http404
        return asked

    @cached_property
    def found(self) -> places.Found:
        try:
            return places.look_up(self.plan, self.place, self.version)
        except places.NoSuchPlace as error:
            raise Http404 from error

    def form(self, data: Any = None) -> StartForm:
        return StartForm(
            data,
            readers=self.deck.others(self.place.section),
            founder=self.access.founder,
            auto_id=f"id-{places.key(self.place)}-%s",
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and "cancel" in request.GET:
            return render(request, "comments/_slot.html", {"key": places.key(self.place)})
        return self.show(self.form())

    def show(self, form: StartForm, status: int = 200) -> HttpResponse:
        template = "comments/_start_form.html" if self.request.htmx else "comments/start.html"
        context = {
            "form": form, "plan": self.plan, "access": self.access, "place": self.place,
            "where": places.words(self.place, self.found.label), "key": places.key(self.place),
            "query": places.query(self.place), "start": self.start(), "back": self.back(),
            "version": self.version, "held": self.held(),
        }  # fmt: skip
        if not self.request.htmx:
            context["navigation"] = navigation(self.access)
        return render(self.request, template, context, status=status)

    def start(self) -> str:
        """The address of this view without its query."""
        return reverse("comments:start", args=[self.plan.uid])

    def back(self) -> str:
        return places.url(self.plan, self.place)

    def held(self) -> list[tuple[str, str]]:
        """What stands at the place, to be seen while one writes about it."""
        contents = load(self.plan, self.access.hidden)
        if self.version:
            contents = restore(self.version.document, self.access.hidden)
        return places.held(contents, self.place)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            thread = self.save(form.cleaned_data)
        except places.NoSuchPlace as error:
            raise Http404 from error
        names = self.untold(thread, form.cleaned_data["text"])
        if not request.htmx:
            messages.success(request, _("Your comment is saved."))
            self.say_untold(names)
            return HttpResponseRedirect(self.saved(thread))
        [card] = self.deck.cards(Thread.objects.filter(pk=thread.pk))
        context = {"card": card, "plan": self.plan, "access": self.access, "fresh": True}
        context |= {"key": places.key(self.place), "untold": untold_words(names) if names else ""}
        return render(request, "comments/_started.html", context)

    def save(self, given: dict[str, Any]) -> Thread:
        return services.start_thread(
            plan=self.plan, place=self.place, by=self.request.user, text=given["text"],
            visibility=given.get("visibility", Visibility.EVERYONE), notify=given["notify"],
            uid=given["uid"],
        )  # fmt: skip

    def saved(self, thread: Thread) -> str:
        """Where the thread is to be seen."""
        return thread.address


class ThreadAction(CommentMixin, View):
    """Something done in one thread. POST only; htmx gets the thread's card anew."""

    action = "comment.write"

    def instead(self) -> str:
        return reverse("comments:thread", args=[self.plan.uid, self.kwargs["thread"]])

    def done(self, said: str, names: list[str] | None = None) -> HttpResponse:
        """``names`` are those called that are nobody's."""
        if self.request.htmx:
            return self.show(names=names)
        messages.success(self.request, said)
        self.say_untold(names or [])
        return to_thread(self.thread())

    def show(self, status: int = 200, names: list[str] | None = None, **forms: Any) -> HttpResponse:
        """The card; without htmx a page of its own, to put right what was refused."""
        card = self.deck.card(self.thread(), **forms)
        context = {"card": card, "plan": self.plan, "access": self.access, "fresh": not forms}
        context["untold"] = untold_words(names) if names else ""
        if self.request.htmx:
            return render(self.request, "comments/_thread.html", context, status=status)
        context["navigation"] = navigation(self.access)
        return render(self.request, "comments/thread.html", context, status=status)


class Reply(ThreadAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        thread = self.thread()
        form = self.deck.reply_form(thread, request.POST)
        if not form.is_valid():
            return self.show(status=422, reply=form)
        services.reply(thread=thread, by=request.user, **form.cleaned_data)
        names = self.untold(thread, form.cleaned_data["text"])
        return self.done(_("Your answer is saved."), names)


class Resolve(ThreadAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.resolve(thread=self.thread(), by=request.user)
        return self.done(_("The thread is resolved."))


class Reopen(ThreadAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.reopen(thread=self.thread(), by=request.user)
        return self.done(_("The thread is open again."))


class Assign(ThreadAction):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        thread = self.thread()
        form = self.deck.assign_form(thread, request.POST)
        if not form.is_valid():
            return self.show(status=422, assign=form)
        assignee = form.cleaned_data["assignee"]
        services.assign(thread=thread, assignee=assignee, by=request.user)
        if assignee is None:
            return self.done(_("The thread is nobody's in particular now."))
        return self.done(_("%(person)s is to answer.") % {"person": assignee})


class Edit(CommentMixin, TemplateView):
    """Changing one's own comment; nobody changes another person's."""

    action = "comment.write"

    @cached_property
    def comment(self) -> Comment:
        comments = Comment.objects.select_related("thread", "author")
        return get_object_or_404(
            comments, uid=self.kwargs["comment"], thread__in=visible(self.access)
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.comment.author != request.user:
            raise PermissionDenied(self.not_mine())
        if request.htmx and "cancel" in request.GET:
            return self.show_thread()
        return self.show(TextForm(initial={"text": self.comment.text}, auto_id=self.auto_id))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.comment.author != request.user:
            return kept(request, status=403, reason=self.not_mine())
        form = TextForm(request.POST, auto_id=self.auto_id)
        if not form.is_valid():
            return self.show(form, status=422)
        services.edit(comment=self.comment, text=form.cleaned_data["text"])
        names = self.untold(self.comment.thread, form.cleaned_data["text"])
        if request.htmx:
            return self.show_thread(names)
        messages.success(request, _("Your comment is changed; its earlier text is kept."))
        self.say_untold(names)
        return to_thread(self.comment.thread)

    @property
    def auto_id(self) -> str:
        return f"id-{self.comment.uid}-%s"

    def not_mine(self) -> str:
        return _("Only who wrote a comment can change it.")

    def show(self, form: TextForm, status: int = 200) -> HttpResponse:
        template = "comments/_edit_form.html" if self.request.htmx else "comments/edit.html"
        context = {"form": form, "comment": self.comment, "thread": self.comment.thread,
                   "plan": self.plan, "access": self.access}  # fmt: skip
        if not self.request.htmx:
            context["navigation"] = navigation(self.access)
        return render(self.request, template, context, status=status)

    def show_thread(self, names: list[str] | None = None) -> HttpResponse:
        [card] = self.deck.cards(Thread.objects.filter(pk=self.comment.thread_id))
        context = {"card": card, "plan": self.plan, "access": self.access, "fresh": True}
        context["untold"] = untold_words(names) if names else ""
        return render(self.request, "comments/_thread.html", context)
