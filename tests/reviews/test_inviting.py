"""Asking people who have not joined yet: one mail says both, and the request reaches them when they
join. By mail from end to end; and asking again."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.notices.models import Mail, Notice
from apps.plans import people
from apps.plans.models import Invitation, Membership, Plan, Role
from apps.reviews import services
from apps.reviews.models import Request, Review, Rubric, State
from tests.conftest import make_person
from tests.reviews.conftest import edit, finish, review_of

GUEST = "nina@example.com"
AUTH = "allauth.account.auth_backends.AuthenticationBackend"
UID = "abcdefghijkm"


def ask_page(plan: Plan) -> str:
    return reverse("reviews:ask", args=[plan.uid])


def post(client: Client, plan: Plan, **given: Any) -> Any:
    data = {"uid": UID, "question": "Is it\ntoo dear?", **given}
    return client.post(ask_page(plan), data, follow=True)


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/plans/invitations/[\w-]{43}/)", text).group(1)


@pytest.fixture
def invitation(plan: Plan, cast: dict[str, User]) -> Invitation:
    added = people.add_person(plan=plan, email=GUEST, role=Role.MENTOR, by=cast["owner"])
    return added.invitation


def join(link: str, name: str = "Nina", language: str = "en") -> tuple[Client, Any]:
    client = Client()
    client.force_login(make_person(name, language), AUTH)
    return client, client.post(link)


def test_an_address_is_invited_and_asked_in_one_mail_and_reviews_after_joining(
    plan: Plan, as_: Any, mailoutbox: Any, rubrics: None,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    due = timezone.localdate() + timedelta(days=9)
    rubric = Rubric.objects.get(uid="investor")
    owner = as_("owner")
    with django_capture_on_commit_callbacks(execute=True):
        page = post(owner, plan, invite="Nina@example.com ", due=due, sections=["market"],
                    rubric=rubric.pk)  # fmt: skip
    review = Review.objects.get()
    assert (review.invited, review.mentor, review.state) == (GUEST, None, State.REQUESTED)
    assert "1 mentor is asked" in page.text and "Invited, has not joined yet" in page.text
    [mail] = mailoutbox
    assert mail.to == [GUEST] and "Olivia asks you to review" in mail.subject
    for text in (mail.body, mail.alternatives[0][0]):
        assert "invites you to the venture plan" in text and "too dear?" in text
        assert "Market" in text and str(rubric) in text and str(due.day) in text
    client, joined = join(link_in(mail.body))
    review.refresh_from_db()
    assert (review.invited, review.mentor.name, review.by) == ("", "Nina", "Nina")
    assert joined.url == reverse("reviews:review", args=[plan.uid, review.uid])
    assert "Start the review" in client.get(joined.url).text
    assert review.uid in client.get("/desk/").text
    told = Notice.objects.get(recipient=review.mentor)
    assert (told.kind, told.mail) == ("review_requested", Mail.NONE)
    client.post(reverse("reviews:accept", args=[plan.uid, review.uid]))
    review.refresh_from_db()
    assert review.state == State.IN_REVIEW and len(mailoutbox) == 1


def test_a_viewer_invited_by_mail_joins_reads_and_leaves(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    owner = as_("owner")
    people_page = reverse("plans:people", args=[plan.uid])
    owner.post(people_page, {"email": GUEST, "role": Role.VIEWER})
    first = link_in(mailoutbox[0].body)
    assert "Invited" in owner.get(people_page).text
    invited = Invitation.objects.get()
    owner.post(reverse("plans:resend", args=[plan.uid, invited.uid]))
    assert Client().get(first).status_code == 404
    client, joined = join(link_in(mailoutbox[1].body))
    assert joined.url == reverse("plans:page", args=[plan.uid])
    assert client.get(joined.url).status_code == 200
    assert client.get(people_page).status_code == 200
    assert client.get(ask_page(plan)).status_code == 403
    client.post(reverse("plans:leave", args=[plan.uid]))
    assert client.get(joined.url).status_code == 404
    assert "Invitation accepted" in owner.get(people_page).text


def test_the_mail_is_in_the_language_of_the_invitation(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    User.objects.filter(name="Olivia").update(language="zh-hans")
    post(as_("owner"), plan, invite=GUEST)
    [mail] = mailoutbox
    with translation.override("zh-hans"):
        assert "评审" in mail.subject and "整份计划" in mail.body and "请您评审" in mail.body


def test_an_open_invitation_can_be_ticked_and_its_old_link_gives_way(
    plan: Plan, invitation: Invitation, as_: Any, mailoutbox: Any
) -> None:
    before = invitation.token_hash
    page = as_("owner").get(ask_page(plan)).text
    assert f"{GUEST} — invited, has not joined yet" in page
    post(as_("owner"), plan, mentors=[invitation.uid])
    invitation.refresh_from_db()
    assert invitation.token_hash != before
    [mail] = mailoutbox
    join(link_in(mail.body))
    assert Review.objects.get().mentor.name == "Nina"


def test_a_cofounder_asks_who_is_invited_but_sends_no_invitation(
    plan: Plan, invitation: Invitation, as_: Any, mailoutbox: Any
) -> None:
    before = invitation.token_hash
    client = as_("cofounder")
    assert 'name="invite"' not in client.get(ask_page(plan)).text
    post(client, plan, mentors=[invitation.uid], invite="other@example.com")
    invitation.refresh_from_db()
    assert invitation.token_hash == before and not mailoutbox
    assert list(Review.objects.values_list("invited", flat=True)) == [GUEST]
    people.accept_invitation(invitation=invitation, user=make_person("Nina"))
    told = Notice.objects.get(recipient__name="Nina")
    assert (told.kind, told.mail) == ("review_requested", Mail.NOW)


def test_an_expired_invitation_is_sent_again_by_the_owner_only(
    plan: Plan, invitation: Invitation, as_: Any, mailoutbox: Any
) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert GUEST not in as_("cofounder").get(ask_page(plan)).text
    assert "is sent again" in as_("owner").get(ask_page(plan)).text
    post(as_("owner"), plan, mentors=[invitation.uid])
    assert Invitation.objects.get().state == "pending" and len(mailoutbox) == 1


def test_who_has_an_account_is_added_and_asked_in_one_mail(
    plan: Plan, cast: dict[str, User], as_: Any, mailoutbox: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        post(as_("owner"), plan, invite=cast["stranger"].email)
    assert plan.memberships.get(user=cast["stranger"]).role == Role.MENTOR
    assert Review.objects.get().mentor == cast["stranger"]
    [mail] = mailoutbox
    assert "too dear?" in mail.body and "added you" in mail.body


def test_posted_twice_it_invites_once(plan: Plan, as_: Any, mailoutbox: Any) -> None:
    for _time in range(2):
        post(as_("owner"), plan, invite=GUEST)
    assert Request.objects.count() == Review.objects.count() == len(mailoutbox) == 1
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "said"),
    [("viewer", "not as a mentor"), ("mentor", "tick the name above"), (None, "no e-mail address")],
)
def test_a_wrong_address_invites_nobody_and_keeps_the_text(
    who: str | None, said: str, plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    page = post(as_("owner"), plan, invite=cast[who].email if who else "nobody")
    assert page.status_code == 422 and said in page.text and "too dear?" in page.text
    assert not Request.objects.exists() and not Invitation.objects.exists()


def test_nothing_waits_for_whoever_joins_in_another_role_or_after_a_withdrawal(
    plan: Plan, invitation: Invitation, cast: dict[str, User]
) -> None:
    asked = services.request_review(plan=plan, by=cast["owner"], mentors=[], invited=[GUEST])
    Invitation.objects.update(role=Role.VIEWER)
    invitation.refresh_from_db()
    joined = people.accept_invitation(invitation=invitation, user=make_person("Nina"))
    assert joined.opens == "" and asked.reviews.get().invited == GUEST
    Membership.objects.filter(user__name="Nina").delete()
    again = people.add_person(
        plan=plan, email="zoe@example.com", role=Role.MENTOR, by=cast["owner"]
    )
    review = services.request_review(
        plan=plan, by=cast["owner"], mentors=[], invited=["zoe@example.com"]
    ).reviews.get()
    assert services.withdraw(review=review, by=cast["owner"])
    joined = people.accept_invitation(invitation=again.invitation, user=make_person("Zoe"))
    assert joined.opens == "" and not Notice.objects.filter(recipient__name="Zoe").exists()


def test_mentors_do_not_read_whose_invitation_is_open(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    asked = services.request_review(
        plan=plan, by=cast["owner"], mentors=[cast["mentor"]], invited=[GUEST]
    )
    for url in (
        reverse("plans:page", args=[plan.uid]),
        reverse("reviews:list", args=[plan.uid]),
        reverse("reviews:request", args=[plan.uid, asked.uid]),
    ):
        assert GUEST in as_("cofounder").get(url).text, url
        assert GUEST not in as_("mentor").get(url).text, url


# --- Asking again ---------------------------------------------------------------------------------
def test_asking_again_starts_from_the_request_with_what_changed(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], second: User, as_: Any
) -> None:
    asked = ask(question="Too dear?", sections=["market", "team"])
    services.withdraw(review=review_of(asked, second), by=cast["owner"])
    client, url = as_("owner"), f"{ask_page(plan)}?again={asked.uid}"
    assert url in client.get(reverse("reviews:request", args=[plan.uid, asked.uid])).text
    form = client.get(url).context["form"]
    assert form.initial["mentors"] == [str(cast["mentor"].pk)]
    assert form.initial["sections"] == ["market", "team"]  # nothing changed: as before
    edit(plan, "risks.risk", cast["owner"], title="Late")
    page = client.get(url)
    form = page.context["form"]
    assert form.initial["sections"] == ["risks"]
    # The old question is quoted and not asked again.
    assert "question" not in form.initial and form.initial["rubric"] == asked.rubric_id
    assert "Risks — changed since version 1" in page.text and "Too dear?" in page.text
    strange = client.get(f"{ask_page(plan)}?again=%00x")
    assert strange.status_code == 200
    assert strange.context["form"].initial == {"rubric": asked.rubric_id}  # a request of its own


def test_a_section_that_is_to_be_mended_is_asked_for_again_though_nobody_changed_it(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    asked = ask(sections=["market", "team"])
    verdicts = {"market": ("acceptable", ""), "team": ("improvable", "Name who sells.")}
    finish(review_of(asked, cast["mentor"]), verdicts=verdicts, summary="Good.")
    form = as_("owner").get(f"{ask_page(plan)}?again={asked.uid}").context["form"]
    assert form.initial["sections"] == ["team"]


def test_several_addresses_are_invited_at_once_and_each_wrong_line_is_named(
    plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    page = post(as_("owner"), plan, invite=f"a@example.com\n\nnobody\n{cast['mentor'].email}")
    assert page.status_code == 422
    first, second = page.context["form"].errors["invite"]
    assert first.startswith("Line 3, nobody:") and second.startswith("Line 4,")
    assert not Invitation.objects.exists() and "a@example.com" in page.text
    given = {"uid": "abcdefghijkn", "invite": "A@example.com\n b@example.com \na@example.com"}
    assert post(as_("owner"), plan, **given).status_code == 200
    invited = set(Review.objects.exclude(invited="").values_list("invited", flat=True))
    assert invited == {"a@example.com", "b@example.com"}


def test_who_asks_again_is_shown_what_has_no_answer(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    asked = ask(question="Too dear?")
    verdicts = {"team": ("improvable", "Name who sells."), "market": ("to_fix", "Count them.")}
    review = finish(review_of(asked, cast["mentor"]), verdicts=verdicts)
    review.verdicts.filter(section="market").update(reply="Ten.")
    page = as_("owner").get(f"{ask_page(plan)}?again={asked.uid}")
    assert "1 point has no answer yet" in page.text and "Name who sells." in page.text
    assert reverse("reviews:reply", args=[plan.uid, review.uid, "team"]) in page.text
    assert "Count them." not in page.text
    assert "<blockquote" in page.text and not page.context["form"]["question"].value()


# --- Looking moves nothing ------------------------------------------------------------------------
def test_no_page_that_is_only_opened_moves_a_review(
    ask: Callable[..., Request], plan: Plan, cast: dict[str, User], as_: Any
) -> None:
    review = review_of(ask(), cast["mentor"])
    client, args = as_("mentor"), [plan.uid, review.uid]
    pages = [
        reverse("reviews:request", args=[plan.uid, review.request.uid]),
        *(reverse(f"reviews:{name}", args=args) for name in ("review", "decline", "scores",
                                                            "finish", "accept")),
        reverse("reviews:section", args=[*args, "market"]),
    ]  # fmt: skip
    for url in pages:
        client.get(url, follow=True)
        review.refresh_from_db()
        assert (review.state, review.accepted_at) == (State.REQUESTED, None), url
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client.post(reverse("reviews:accept", args=args))
    review.refresh_from_db()
    assert review.state == State.IN_REVIEW
