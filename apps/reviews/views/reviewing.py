"""A mentor writes the review: one section at a time (judging.py), then the scores, then the end.

Every step saves as a draft. A step that another window changed meanwhile answers 409 with both
texts; one that may not be saved any more (withdrawn, role lost) shows the text to be copied.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.comments.cards import Deck
from apps.comments.models import Thread
from apps.comments.outline import Spot
from apps.core.views import kept
from apps.plans.checks import Place
from apps.plans.sections import Section
from apps.plans.views.plans import PlanView
from apps.reviews import board, drafts, letter, remarks, rounds, services, settling, visibility
from apps.reviews.forms.reviewing import ScoresForm, SummaryForm
from apps.reviews.models import FINISHED, Criterion, Grade, Review, State, Verdict
from apps.reviews.points import Point
from apps.reviews.views.asking import OwnReview


@dataclass(frozen=True)
class StepLink:
    title: Any
    url: str
    current: bool
    done: bool  # nothing that it must have is missing
    missing: Any = ""  # what is, once it was begun
    changed: bool | None = None  # since the round before; None in a first round
    moved: bool = False  # nothing was written there, but its key figures moved


class ReviewStep(OwnReview, PlanView, TemplateView, ABC):
    """What the steps share: who may, which draft, which link is next."""

    actions = {"GET": "review.read", "POST": "review.write"}

    @cached_property
    def draft(self) -> Review:
        return self.review()

    @cached_property
    def earlier(self) -> rounds.Earlier | None:
        return rounds.earlier_round(self.draft, self.access)

    @cached_property
    def points(self) -> list[Point]:
        """What the mentor said in the rounds before; of every section, those not asked included."""
        return settling.points_before(self.draft, self.access) if self.earlier else []

    def unsettled(self, section: str | None = None) -> tuple[Point, ...]:
        """Those to have a word on, of one section or of all."""
        return tuple(
            one for one in self.points if not one.settled and section in {None, one.place.section}
        )

    def points_shown(self, form: Any, section: str | None = None) -> list[tuple[Any, ...]]:
        """(point, its line of the letter, and the form's two fields for it if it is unsettled)."""
        shown = [one for one in self.points if section in {None, one.place.section}]
        document = self.draft.request.version.document
        told = letter.lines(self.access, shown, document) if shown else []
        return [
            (
                point,
                line,
                *([] if point.settled else [form[name] for name in settling.names(point)]),
            )
            for point, line in zip(shown, told, strict=True)
        ]

    @cached_property
    def sections(self) -> list[Section]:
        return rounds.asked_sections(self.draft.request, self.access)

    @cached_property
    def criteria(self) -> list[Criterion]:
        rubric = self.draft.request.rubric
        return visibility.seen_criteria(self.access, rubric.criteria.all()) if rubric else []

    @cached_property
    def remarks(self) -> list[Thread]:
        """What the mentor has commented so far."""
        return remarks.written(self.access, [self.draft])[self.draft.pk]

    @abstractmethod
    def step(self) -> drafts.Step:
        """Where its answers are kept."""

    @abstractmethod
    def form(self, data: Any = None, **kwargs: Any) -> Any:
        """What it asks."""

    @abstractmethod
    def url(self) -> str:
        """Its own page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.draft.state != State.IN_REVIEW:
            return self.to_review(self.draft)
        values = self.step().read(self.draft)
        form = self.form(initial=self.suggested(values))
        return self.render_to_response(self.get_context_data(form=form, mark=drafts.mark(values)))

    def suggested(self, values: drafts.Values) -> drafts.Values:
        """What the form starts with, given what is stored."""
        return values

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, base = self.form(request.POST), request.POST.get("mark", "")
        if not form.is_valid():
            return self.show(form, base, 422)
        step = self.step()
        try:
            drafts.save(review=self.draft, step=step, base=base, values=form.cleaned_data)
        except drafts.Over:
            return self.over(form, step)
        except drafts.Changed as changed:
            theirs = self.form(initial=changed.stored)
            return self.show(form, drafts.mark(changed.stored), 409, theirs=shown(theirs))
        return self.saved()

    def show(self, form: Any, mark: str, status: int, **more: Any) -> HttpResponse:
        context = self.get_context_data(form=form, mark=mark, **more)
        return self.render_to_response(context, status=status)

    def over(self, form: Any, step: drafts.Step) -> HttpResponse:
        """Posted after the end: nothing to say if it says what is stored, else it is given back."""
        if step.read(self.draft) == form.cleaned_data:
            return self.to_review(self.draft)
        return kept(self.request, status=409, reason=over_reason(self.draft))

    def saved(self) -> HttpResponse:
        messages.success(self.request, _("Saved as a draft. Only you see it until you finish."))
        return redirect(self.following() if "next" in self.request.POST else self.url())

    def following(self) -> str:
        urls = [link.url for link in self.links()]
        place = urls.index(self.url())
        return urls[min(place + 1, len(urls) - 1)]

    def links(self) -> list[StepLink]:
        uids = [self.plan.uid, self.draft.uid]
        gaps = drafts.gaps(self.draft, self.access)
        lacks = {gap.section: gap.kind for gap in reversed(gaps) if gap.section}
        changed = self.earlier.diff.sections if self.earlier else None
        moved = self.earlier.moved if self.earlier else set()
        here = self.url()
        links = []
        for section in self.sections:
            url = reverse("reviews:section", args=[*uids, section])
            since = None if changed is None else section.name in changed
            kind = lacks.get(section.name)
            missing = drafts.MISSING.get(kind, _("not complete")) if kind else ""
            link = StepLink(section.title, url, url == here, kind is None, missing, since)
            links.append(replace(link, moved=section.name in moved))
        if self.criteria:
            links.append(self.scores_link([gap.criterion for gap in gaps if gap.criterion]))
        url = reverse("reviews:finish", args=uids)
        return [*links, StepLink(_("Finish"), url, url == here, False)]

    def scores_link(self, lacking: list[Criterion]) -> StepLink:
        url = reverse("reviews:scores", args=[self.plan.uid, self.draft.uid])
        asked = [one for one in self.criteria if rounds.is_asked(one, self.draft.request)]
        count, total = len(asked) - len(set(asked).intersection(lacking)), len(asked)
        done = not lacking and bool(asked)
        begun = bool(count and lacking)
        missing = _("%(count)s of %(total)s") % {"count": count, "total": total} if begun else ""
        return StepLink(_("Scores"), url, url == self.url(), done, missing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs
            | {
                "review": self.draft,
                "earlier": self.earlier,
                "steps": self.links(),
                "comment_start": reverse("reviews:remark", args=[self.plan.uid, self.draft.uid]),
            }
        )


def over_reason(review: Review) -> str:
    """Why nothing can be written in it."""
    return {
        State.REQUESTED: _(
            "You have not started this review yet. Open it, choose “Start the review”, and enter "
            "this again: your text is below to copy."
        ),
        State.WITHDRAWN: _("The founders withdrew this request."),
        State.DECLINED: _("You declined this request."),
    }.get(review.state, _("This review is finished and can no longer be changed."))


def shown(form: Any) -> list[tuple[str, str]]:
    """(label, text) of a form's initial values, as people read them."""
    found = []
    for field in form:
        text = field.initial or ""
        choices = dict(getattr(field.field, "choices", ()))
        about = getattr(field.field, "about", "")
        label = f"{about}: {field.label}" if about else str(field.label)
        found.append((label, str(choices.get(text, text))))
    return [(label, text) for label, text in found if text]


class ScoresStep(ReviewStep):
    template_name = "reviews/step_scores.html"

    def step(self) -> drafts.ScoresStep:
        return drafts.ScoresStep(tuple(self.criteria))

    def form(self, data: Any = None, **kwargs: Any) -> ScoresForm:
        if not self.criteria:
            raise Http404
        return ScoresForm(data, criteria=self.criteria, **kwargs)

    def url(self) -> str:
        return reverse("reviews:scores", args=[self.plan.uid, self.draft.uid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        questions = kwargs["form"].questions()
        request = self.draft.request
        kwargs["asked"] = [one for one in questions if rounds.is_asked(one[0], request)]
        kwargs["optional"] = [one for one in questions if one not in kwargs["asked"]]
        fields = [field for _criterion, *both in kwargs["optional"] for field in both]
        kwargs["optional_open"] = any(field.errors or field.value() for field in fields)
        if self.earlier:
            said = self.earlier.review.scores.all()
            kwargs["before"] = {score.criterion_id: score for score in said}
            decided = board.decided_before(self.draft, self.access)
            kwargs["decided"] = {one.criterion_id: one for one in reversed(decided)}
        return super().get_context_data(**kwargs)


class FinishStep(ReviewStep):
    """The summary, and the end: approve the version, or ask for changes."""

    template_name = "reviews/step_finish.html"

    def step(self) -> drafts.SummaryStep:
        return drafts.SummaryStep(self.unsettled())

    def form(self, data: Any = None, **kwargs: Any) -> SummaryForm:
        return SummaryForm(data, points=self.unsettled(), **kwargs)

    def url(self) -> str:
        return reverse("reviews:finish", args=[self.plan.uid, self.draft.uid])

    def saved(self) -> HttpResponse:
        outcome = self.request.POST.get("outcome", "")
        if outcome not in FINISHED:
            return super().saved()
        gaps = drafts.gaps(self.draft, self.access)
        if outcome == State.APPROVED and self.to_fix and "despite" not in self.request.POST:
            gaps.append(drafts.Gap("despite"))
        if gaps:
            values = self.step().read(self.draft)
            form = self.form(initial=values)
            return self.show(form, drafts.mark(values), 422, gaps=gaps)
        if services.finish(review=self.draft, outcome=outcome):
            messages.success(self.request, _("Your review is finished. The founders are told."))
        return self.to_review(self.draft)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return visibility.seen_verdicts(self.access, self.draft.verdicts.all())

    @property
    def to_fix(self) -> list[Verdict]:
        """Approving beside these takes a tick: it may be meant, but not by a slip of the hand."""
        return [said for said in self.verdicts if said.grade == Grade.TO_FIX]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.earlier:
            shown = self.points_shown(kwargs["form"])
            kwargs["points"] = [one for one in shown if not one[0].settled]
        deck = Deck(self.access, self.request.user)
        whole = [one.pk for one in self.remarks if not one.section]
        context = super().get_context_data(
            spot=Spot(Place(""), _("the whole plan")),
            cards=deck.cards(Thread.objects.filter(pk__in=whole).order_by("created_at", "pk")),
            said=[one for one in self.remarks if one.section],
            verdicts=self.verdicts,
            to_fix=self.to_fix,
            scores=visibility.seen_scores(
                self.access, self.draft.scores.select_related("criterion")
            ),
            **kwargs,
        )
        to_confirm = [link for link in context["steps"] if link.moved and not link.done]
        return context | {"to_confirm": to_confirm}
