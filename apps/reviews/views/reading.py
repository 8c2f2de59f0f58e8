"""Reading reviews: a request with all its reviews, one review, answers and second opinions."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.plans.contents import load
from apps.plans.document import dump
from apps.plans.services import Conflict
from apps.plans.views.plans import PlanView
from apps.reviews import answers, board, remarks, rounds, rules, settling, tables, visibility
from apps.reviews.forms.reviewing import OpinionForm, ReplyForm
from apps.reviews.models import Review, Verdict


@dataclass(frozen=True)
class Finished:
    """A finished review as its readers see it."""

    review: Review
    mean: rules.Mean
    verdicts: list[Verdict]
    stale: set[str]  # sections changed since its version, among those it judges
    moved: set[str]  # those of which only the key figures read otherwise


def finished(review: Review, access: Any, changed: set[str], moved: set[str]) -> Finished:
    verdicts = visibility.seen_verdicts(access, review.verdicts.all())
    judged = {said.section for said in verdicts}
    mean = tables.review_mean(review, access)
    return Finished(review, mean, verdicts, judged & changed, judged & moved)


class RequestPage(PlanView, TemplateView):
    """What was asked, who answered, and what they say side by side."""

    action = "review.read"
    template_name = "reviews/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = visibility.requests(self.access, self.request.user).defer(None)
        asked = get_object_or_404(found, uid=self.kwargs["asking"])
        readable = visibility.readable(self.access, self.request.user).filter(request=asked)
        reviews = list(tables.in_full(readable))
        since = asked.version.document, tables.document_now(self.plan), self.access
        changed, moved = tables.changed_since(*since), tables.figures_moved(*since)
        criteria = tables.criterion_rows(reviews, self.access)
        return super().get_context_data(
            asked=asked,
            round=rounds.numbers(self.plan)[asked.version_id],
            everybody=visibility.asked(self.access, asked.reviews.all()),
            mine=asked.reviews.filter(mentor=self.request.user).first(),
            readable={review.pk for review in reviews},
            reviews=[finished(review, self.access, changed, moved) for review in reviews],
            sections=tables.section_rows(reviews, self.access, changed, moved),
            criteria=criteria,
            overall=tables.overall(criteria),
            changed=changed,
            moved=moved,
            **kwargs,
        )


class ReviewPage(PlanView, TemplateView):
    """One review: to its mentor from the request on, to the others once it is finished."""

    action = "review.read"

    def get_template_names(self) -> list[str]:
        return ["reviews/review.html" if self.found.is_finished else "reviews/own.html"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        uid = self.kwargs["review"]
        readable = tables.in_full(visibility.readable(self.access, request.user))
        mine = Review.objects.filter(request__plan=self.plan, mentor=request.user)
        own = mine.select_related("mentor", "request__version", "request__asked_by")
        found = readable.filter(uid=uid).first() or own.filter(uid=uid).first()
        if found is None:
            raise Http404
        self.found = found
        found.request.plan = self.plan
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = self.found
        if review.is_finished:
            kwargs |= self.of_finished(review)
        elif review.is_open:
            kwargs["earlier"] = rounds.earlier_round(review, self.access)
            kwargs["begin"] = self.begin(review)
            kwargs["asked_about"] = [
                one.name for one in rounds.asked_sections(review.request, self.access)
            ]
            kwargs["decisions"] = board.decided_before(review, self.access)
        kwargs |= {"review": review, "asked": review.request}
        return super().get_context_data(**kwargs)

    def begin(self, review: Review) -> str:
        """The first step."""
        uids = [self.plan.uid, review.uid]
        sections = rounds.asked_sections(review.request, self.access)
        if sections:
            return reverse("reviews:section", args=[*uids, sections[0]])
        return reverse("reviews:finish", args=uids)

    def of_finished(self, review: Review) -> dict[str, Any]:
        version, contents = review.request.version, load(self.plan, self.access.hidden)
        since = version.document, dump(contents), self.access
        changed, moved = tables.changed_since(*since), tables.figures_moved(*since)
        another = review.mentor != self.request.user
        mine = next((one for one in review.opinions.all() if one.mentor == self.request.user), None)
        initial = {"opinion": mine.opinion, "text": mine.text} if mine else {}
        return {
            "shown": finished(review, self.access, changed, moved),
            "criteria": tables.criterion_rows([review], self.access),
            "settled": settling.words(review, self.access),
            "comments": remarks.by_section(review, self.access, self.request.user, contents),
            "changed": changed,
            "moved": moved,
            "opinion_form": OpinionForm(initial=initial)
            if another and self.access.may("review.write")
            else None,
        }


class GiveOpinion(PlanView, TemplateView):
    """A mentor's second opinion on a review of somebody else that they may read."""

    action = "review.write"
    template_name = "reviews/opinion.html"

    def review(self) -> Review:
        readable = visibility.readable(self.access, self.request.user)
        others = readable.exclude(mentor=self.request.user)
        return get_object_or_404(others, uid=self.kwargs["review"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", OpinionForm())
        return super().get_context_data(**(kwargs | {"review": self.review()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        review, form = self.review(), OpinionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        answers.give_opinion(review=review, mentor=request.user, **form.cleaned_data)
        messages.success(request, _("Your opinion stands beside the review."))
        return redirect("reviews:review", self.plan.uid, review.uid)


class Reply(PlanView, TemplateView):
    """The founders' answer to one verdict, with what changed in its section since."""

    action = "review.decide"
    template_name = "reviews/reply.html"

    def verdict(self) -> Verdict:
        readable = visibility.readable(self.access, self.request.user)
        review = get_object_or_404(readable, uid=self.kwargs["review"])
        said = review.verdicts.select_related("replied_by")
        verdict = get_object_or_404(said, section=self.kwargs["section"].name)
        verdict.review = review
        return verdict

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verdict = self.verdict()
        form = ReplyForm(initial={"reply": verdict.reply})
        return self.show(verdict, form, verdict.revision)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        verdict, form = self.verdict(), ReplyForm(request.POST)
        posted = request.POST.get("revision", "")
        base = int(posted) if posted.isdecimal() and len(posted) < 9 else 0
        if not form.is_valid():
            return self.show(verdict, form, base, status=422)
        try:
            answers.reply(
                verdict=verdict, text=form.cleaned_data["reply"], base=base, by=request.user
            )
        except Conflict:
            verdict.refresh_from_db()
            return self.show(verdict, form, verdict.revision, status=409, theirs=verdict)
        messages.success(request, _("Your answer is saved."))
        page = reverse("reviews:review", args=[self.plan.uid, verdict.review.uid])
        return redirect(f"{page}#{verdict.section}")

    def show(
        self, verdict: Verdict, form: ReplyForm, revision: int, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = self.get_context_data(
            verdict=verdict, review=verdict.review, form=form, revision=revision,
            diff=rounds.section_diff(
                verdict.review.request.version.document, tables.document_now(self.plan),
                self.access, verdict.section,
            ),
            **more,
        )  # fmt: skip
        return self.render_to_response(context, status=status)
