"""Asking for a review, and its moves: accept, decline, withdraw."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, ListView, TemplateView, View

from apps.plans.access import PlanMixin
from apps.plans.views.people import tell
from apps.plans.views.plans import PlanList, PlanView
from apps.reviews import inviting, letter, rounds, services, tables, visibility
from apps.reviews.forms.asking import AskForm, DeclineForm
from apps.reviews.models import Request, Review, State


class RequestList(PlanView, ListView):
    """Requests, newest first; to a mentor those they have a part in."""

    action = "review.read"
    template_name = "reviews/list.html"
    paginate_by = 20
    paginate_queryset = PlanList.paginate_queryset

    def get_queryset(self) -> Any:
        found = visibility.requests(self.access, self.request.user)
        return found.prefetch_related(
            Prefetch("reviews", visibility.asked(self.access, Review.objects.all()))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(numbers=rounds.numbers(self.plan), **kwargs)
        shown = visibility.readable(self.access, self.request.user)
        shown = shown.filter(request__in=[asked.pk for asked in context["object_list"]])
        approved = shown.filter(state=State.APPROVED)
        stale = tables.stale_versions(self.access, approved.values("request__version"))
        return context | {"readable": set(shown.values_list("pk", flat=True)), "stale": stale}


class Ask(PlanView, FormView):
    """``?again=`` an earlier request: the form starts with it, and the sections changed since. Any
    other starts with the rubric of the last one: rounds compare under one rubric."""

    action = "review.request"
    template_name = "reviews/ask.html"
    form_class = AskForm

    @cached_property
    def earlier(self) -> Request | None:
        again = self.request.GET.get("again", "").replace("\x00", "")
        return self.requests().filter(uid=again).first()

    def requests(self) -> Any:
        return visibility.requests(self.access, self.request.user).defer(None)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(), "access": self.access}
        if self.earlier is None:
            last = self.requests().defer("version__document").first()
            return {**kwargs, "initial": {"rubric": last.rubric_id if last else None}}
        version = self.earlier.version
        now = tables.document_now(self.plan)
        changed = tables.changed_since(version.document, now, self.access)
        initial = inviting.asked_again(self.earlier, changed)
        return {**kwargs, "changed": changed, "since": version.number, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unanswered = letter.unanswered(self.access, self.request.user)
        return super().get_context_data(earlier=self.earlier, unanswered=unanswered, **kwargs)

    def form_valid(self, form: AskForm) -> HttpResponse:
        renews = self.access.may("people.manage")
        asked = inviting.ask(
            plan=self.plan, by=self.request.user, renews=renews, **form.cleaned_data
        )
        request, count = asked.request, asked.request.reviews.count()
        said = ngettext(
            "%(count)s mentor is asked to review version %(number)s. You can go on writing.",
            "%(count)s mentors are asked to review version %(number)s. You can go on writing.",
            count,
        )
        values = {"count": count, "number": request.version.number}
        messages.success(self.request, said % values)
        for added in asked.added:
            tell(self.request, self.plan, added, asked=request)
        return redirect("reviews:request", self.plan.uid, request.uid)

    def form_invalid(self, form: AskForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OwnReview(PlanMixin):
    """A view of the signed-in mentor's own review. Anybody else's does not exist for it."""

    def review(self) -> Review:
        mine = Review.objects.filter(request__plan=self.plan, mentor=self.request.user)
        related = mine.select_related("mentor", "request__version", "request__rubric")
        review = get_object_or_404(related, uid=self.kwargs["review"])
        review.request.plan = self.plan
        return review

    def to_review(self, review: Review) -> HttpResponse:
        return redirect("reviews:review", self.plan.uid, review.uid)


class Accept(OwnReview, View):
    action = "review.write"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        review = self.review()
        if services.accept(review=review):
            messages.success(request, _("The review is yours. Every step is saved as a draft."))
        else:
            messages.info(request, _("Nothing changed: this request was not waiting any more."))
        return self.to_review(review)


class Decline(OwnReview, PlanView, TemplateView):
    action = "review.write"
    template_name = "reviews/decline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", DeclineForm())
        return super().get_context_data(**(kwargs | {"review": self.review()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        review = self.review()
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if services.decline(review=review, reason=form.cleaned_data["reason"]):
            messages.success(request, _("The founders know that you cannot do this review."))
        else:
            messages.info(request, _("Nothing changed: this request was not waiting any more."))
        return self.to_review(review)


class Withdraw(PlanView, TemplateView):
    """A founder takes the request to one mentor back, after a question."""

    action = "review.request"
    template_name = "reviews/withdraw.html"

    def review(self) -> Review:
        found = Review.objects.filter(request__plan=self.plan)
        related = found.select_related("mentor", "request__version")
        review = get_object_or_404(related, uid=self.kwargs["review"])
        review.request.plan = self.plan
        return review

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"review": self.review()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        review = self.review()
        if services.withdraw(review=review, by=request.user):
            messages.success(request, _("The request is withdrawn."))
        else:
            messages.info(request, _("Nothing changed: this review is over."))
        return redirect("reviews:request", self.plan.uid, review.request.uid)
