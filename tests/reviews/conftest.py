"""A plan with two mentors, rubrics, and a request to both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.access import Access
from apps.plans.contents import load
from apps.plans.document import dump_record
from apps.plans.models import Membership, Plan, Role
from apps.plans.sections import registry
from apps.plans.services import save_record
from apps.reviews import drafts, loading, services
from apps.reviews.models import Criterion, Request, Review, Rubric, Score, State, Verdict
from tests.conftest import make_person


@pytest.fixture
def rubrics(db: Any) -> None:
    loading.load()


@pytest.fixture
def second(plan: Plan) -> User:
    """Noor, another mentor of the plan."""
    noor = make_person("Noor")
    Membership.objects.create(plan=plan, user=noor, role=Role.MENTOR)
    return noor


@pytest.fixture
def as_second(second: User) -> Client:
    client = Client()
    client.force_login(second, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ask(plan: Plan, cast: dict[str, User], second: User, rubrics: None) -> Callable[..., Request]:
    """ask() asks both mentors about the plan as it stands, with the investor rubric."""

    def ask_now(**given: Any) -> Request:
        asked = {
            "mentors": [cast["mentor"], second],
            "rubric": Rubric.objects.get(uid="investor"),
            **given,
        }
        return services.request_review(plan=plan, by=cast["owner"], **asked)

    return ask_now


@pytest.fixture
def review(ask: Callable[..., Request], cast: dict[str, User]) -> Review:
    found = review_of(ask(), cast["mentor"])
    services.accept(review=found)
    return found


def review_of(request: Request, mentor: User) -> Review:
    return request.reviews.select_related("request__plan", "request__version", "mentor").get(
        mentor=mentor
    )


def write(
    review: Review,
    verdicts: dict[str, tuple[str, str]] | None = None,
    scores: dict[str, tuple[str, str]] | None = None,
    recommendation: str = "yes",
    summary: str = "Good.",
) -> Review:
    """Take the review on and save the steps, as the pages do."""
    services.accept(review=review)
    for section, (grade, action) in (verdicts or {}).items():
        put(review, drafts.VerdictStep(section), {"grade": grade, "action": action})
    criteria = tuple(Criterion.objects.filter(rubric=review.request.rubric))
    step = drafts.ScoresStep(criteria)
    values = step.read(review)
    for uid, (points, note) in (scores or {}).items():
        values |= {f"{uid}-points": points, f"{uid}-note": note}
    put(review, step, values)
    put(
        review,
        drafts.SummaryStep(),
        {"recommendation": recommendation, "summary": summary},
    )
    return review


def put(review: Review, step: drafts.Step, values: dict[str, str]) -> None:
    review.refresh_from_db()
    drafts.save(review=review, step=step, base=drafts.mark(step.read(review)), values=values)


def judge_the_rest(review: Review) -> None:
    """Accept every section and give 3 points for every criterion that has no word yet."""
    for gap in drafts.gaps(review, Access(review.request.plan, Role.MENTOR)):
        if gap.kind == "verdict":
            Verdict.objects.create(review=review, section=gap.section, grade="acceptable")
        elif gap.kind == "score":
            Score.objects.create(review=review, criterion=gap.criterion, points=3)


def finish(review: Review, outcome: str = State.CHANGES, **said: Any) -> Review:
    write(review, **said)
    assert services.finish(review=review, outcome=outcome)
    return review


def edit(plan: Plan, path: str, by: User, **values: Any) -> Any:
    """Write the first record of a part, or a new one."""
    section, part = registry.part(path)
    contents = load(plan)
    value = contents.part(path)
    record = (value[0] if value else part.model(plan=plan)) if part.is_table else value
    record.contents = contents
    before = dump_record(part, record)
    for name, text in values.items():
        setattr(record, name, text)
    return save_record(
        section=section, part=part, record=record, before=before, base=record.revision, by=by
    )


def step(review: Review, name: str, *more: str) -> str:
    return reverse(f"reviews:{name}", args=[review.request.plan.uid, review.uid, *more])


def mark_of(client: Any, url: str) -> str:
    return client.get(url).context["mark"]
