"""The step of a review on one section: the version's text, comments on its places, the verdict."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from apps.comments.cards import Deck
from apps.comments.models import Thread
from apps.comments.outline import Outline, Spot, mark_changed, outline
from apps.plans.checks import Place
from apps.plans.contents import Content
from apps.plans.document import restore
from apps.plans.render import render_section
from apps.plans.sections import Section
from apps.reviews import board, drafts
from apps.reviews.forms.reviewing import VerdictForm
from apps.reviews.models import Verdict
from apps.reviews.views.reviewing import ReviewStep


class SectionStep(ReviewStep):
    """The section as the version has it, and the verdict beside it. ?view=places shows it record by
    record, each place to be commented on; htmx gets that paper alone and leaves the verdict."""

    template_name = "reviews/step_section.html"

    def get_template_names(self) -> list[str]:
        return ["reviews/_paper.html"] if self.request.htmx else [self.template_name]

    @property
    def section(self) -> Section:
        section = self.kwargs["section"]
        if section not in self.sections:
            raise Http404
        return section

    def step(self) -> drafts.VerdictStep:
        return drafts.VerdictStep(self.section.name, self.unsettled(self.section.name))

    def form(self, data: Any = None, **kwargs: Any) -> VerdictForm:
        return VerdictForm(data, points=self.unsettled(self.section.name), **kwargs)

    @cached_property
    def to_confirm(self) -> Verdict | None:
        """The verdict of the round before on a section of which only the figures moved: it is not
        taken over, the form starts with it to be confirmed or changed."""
        name = self.section.name
        if self.earlier is None or name not in self.earlier.moved:
            return None
        if self.draft.verdicts.filter(section=name).exists():
            return None
        return self.earlier.review.verdicts.filter(section=name).first()

    def suggested(self, values: drafts.Values) -> drafts.Values:
        if self.to_confirm is None:
            return values
        return values | {"grade": self.to_confirm.grade, "action": self.to_confirm.action}

    def url(self) -> str:
        return reverse("reviews:section", args=[self.plan.uid, self.draft.uid, self.section])

    @cached_property
    def content(self) -> Content:
        contents = restore(self.draft.request.version.document, self.access.hidden)
        return contents.section(self.section.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = self.section.name
        said = [one for one in self.remarks if one.section == name]
        decided = board.decided_before(self.draft, self.access)
        kwargs |= {
            "section": self.section,
            "said": said,
            "spot": Spot(Place(name), str(self.section.title)),
            "decided": [one for one in decided if board.is_about(one, name)],
            "places": self.request.GET.get("view") == "places",
            "to_confirm": self.to_confirm,
        }
        if self.earlier:
            kwargs |= {
                "diff": self.earlier.section_diff(name),
                "moved": self.earlier.section_figures(name),
                "points": self.points_shown(kwargs["form"], name),
            }
        if kwargs["places"]:
            kwargs["outline"] = self.outline(said)
        else:
            kwargs["html"] = render_section(self.content)
        return super().get_context_data(**kwargs)

    def outline(self, said: list[Thread]) -> Outline:
        """The section's places with what the mentor said there; what differs from the round before
        is marked."""
        deck = Deck(self.access, self.request.user, self.content.contents)
        threads = Thread.objects.filter(pk__in=[one.pk for one in said])
        found = outline(self.content, deck.cards(threads.order_by("created_at", "pk")))
        if self.earlier:
            mark_changed(found, self.earlier.diff)
        return found
