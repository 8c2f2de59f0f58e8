"""A comment on a row that was deleted stays readable where founders and mentors meet it."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from apps.accounts.models import User
from apps.notices import sending
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.plans.sections import registry
from apps.plans.services import delete_row
from apps.reviews import drafts, services
from apps.reviews.models import Request
from tests.reviews.conftest import edit, finish, review_of, step


def test_it_is_read_in_the_section_the_review_the_letter_and_the_digest(
    plan: Plan, ask: Callable[..., Request], cast: dict[str, User], second: User, as_: Any,
    as_second: Any, mailoutbox: Any,
) -> None:  # fmt: skip
    row = edit(plan, "market.segment", cast["owner"], name="Shops by night")
    review = review_of(ask(), cast["mentor"])
    services.accept(review=review)
    place = Place("market", "segment", row.uid, "name")
    thread = drafts.remark(review=review, place=place, text="Which shops, @Noor?")
    finish(review)
    section, part = registry.part("market.segment")
    row.refresh_from_db()
    delete_row(section=section, part=part, row=row, by=cast["owner"])
    client = as_("owner")
    for page in (
        thread.address,
        step(review, "review"),
        reverse("reviews:letter", args=[plan.uid]),
    ):
        html = client.get(page).text
        assert "Which shops, @Noor?" in html and "Shops by night" in html, page
    Notice.objects.filter(recipient=second).exclude(kind="comment_mention").delete()
    assert sending.send_digest(second.pk)
    body = mailoutbox[-1].body
    assert "Shops by night" in body and "Which shops, @Noor?" in body
    link = reverse("notices:open", args=[Notice.objects.get(recipient=second).uid])
    assert link in body
    landed = as_second.get(link, follow=True)
    assert f'id="thread-{thread.uid}"' in landed.text and "Shops by night" in landed.text
