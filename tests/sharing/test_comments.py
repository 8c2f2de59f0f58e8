"""What guests write: to their own link's threads, under a name, within limits."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.comments import services as comments
from apps.comments.models import Comment, Thread, Visibility
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.sharing import services
from apps.sharing.models import Opening
from apps.sharing.services import Made
from tests.sharing.conftest import at, enter

TEXT = "Where does this number come from?"
UID = "abcdefghjkmn"


def write(client: Client, made: Made, where: str = "market", **changes: Any) -> Any:
    url = at("section", made.link, where) if where else at("page", made.link)
    data = {"name": "Anna", "place": "", "text": TEXT, "uid": "", **changes}
    return client.post(url, data)


def test_a_comment_reaches_the_founders(
    made: Made, guest: Client, cast: dict[str, User], as_: Any
) -> None:
    guest.get(at("page", made.link))
    response = write(guest, made, place="analysis")
    thread = Thread.objects.get()
    assert response["Location"] == at("section", made.link, "market") + f"#thread-{thread.uid}"
    assert (thread.section, thread.part, thread.visibility) == (
        "market", "analysis", Visibility.EVERYONE,
    )  # fmt: skip
    comment = thread.comments.get()
    assert (comment.author, comment.guest_name, comment.text) == (None, "Anna", TEXT)
    told = {notice.recipient for notice in Notice.objects.all()}
    assert {cast["owner"], cast["cofounder"]} == told
    assert "Anna, by link" in guest.get(at("section", made.link, "market")).text
    assert TEXT in as_("mentor").get(f"/plans/{made.link.plan.uid}/comments/").text
    assert Opening.objects.get().guest_name == "Anna"
    assert made.link.plan.activity.filter(changes={"guest": "Anna"}).exists()


def test_the_name_is_asked_once(made: Made, guest: Client) -> None:
    asked = guest.get(at("page", made.link)).text
    assert "You write as" not in asked
    write(guest, made)
    html = guest.get(at("page", made.link)).text
    assert "You write as Anna" in html and 'value="Anna"' in html


@pytest.mark.parametrize("where", ["", "market", "team"])
def test_every_place_that_is_offered_can_be_commented_on(
    where: str, made: Made, guest: Client
) -> None:
    url = at("section", made.link, where) if where else at("page", made.link)
    field = guest.get(url).context["comment_form"].fields["place"]
    values = []
    for value, label in field.choices:
        values += [one for one, _name in label] if isinstance(label, list | tuple) else [value]
    for value in values[:8]:
        assert write(guest, made, where, place=value).status_code == 302
    assert Thread.objects.filter(section=where).count() == len(values[:8])


@pytest.mark.parametrize("place", ["notthere", "segment.notthere", "..", "analysis.x", "x" * 300])
def test_a_forged_place_is_refused_and_the_text_kept(place: str, made: Made, guest: Client) -> None:
    response = write(guest, made, place=place)
    assert response.status_code == 422
    assert TEXT in response.text
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "\u202e"}, {"name": "x" * 81}, {"text": ""}, {"text": "x" * 5001},
     {"text": "a\x00b"}],
    ids=["no name", "a turned name", "long name", "no text", "long text", "nul"],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_and_kept(
    wrong: dict[str, str], made: Made, guest: Client
) -> None:
    response = write(guest, made, **wrong)
    assert response.status_code == 422
    assert not Comment.objects.exists()
    kept = {"name": "Anna", "text": TEXT, **wrong}["text"].replace("\x00", "\ufffd")
    assert kept[:100] in response.text.replace("\x00", "\ufffd")


def test_text_is_shown_as_text(made: Made, guest: Client) -> None:
    write(guest, made, name="<b>Anna</b>", text="<script>alert(1)</script> {{ 7*7 }}")
    html = guest.get(at("section", made.link, "market")).text
    assert "<script>alert" not in html and "<b>Anna" not in html and "{{ 7*7 }}" in html


def test_a_name_cannot_pass_for_somebody_on_the_plan(made: Made, guest: Client, as_: Any) -> None:
    write(guest, made, name="Olivia")
    assert "Olivia (guest)" in as_("cofounder").get(f"/plans/{made.link.plan.uid}/comments/").text
    assert "Olivia (guest)" in as_("cofounder").get("/notices/").text


def test_guests_see_the_threads_of_their_own_link_only(
    make: Any, sample_plan: Plan, cast: dict[str, User]
) -> None:
    one, other = make(), make(recipient="Other")
    mine, theirs = enter(one), enter(other)
    write(mine, one)
    comments.start_thread(
        plan=sample_plan, place=Place("market"), text="Between us", by=cast["mentor"]
    )
    comments.start_thread(
        plan=sample_plan, place=Place("market"), text="Founders' own", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    own, foreign = (
        client.get(at("section", made.link, "market")).text
        for client, made in ((mine, one), (theirs, other))
    )
    assert TEXT in own and TEXT not in foreign
    for html in (own, foreign):
        assert "Between us" not in html and "Founders' own" not in html
    again = enter(one).get(at("section", one.link, "market")).text
    assert TEXT in again, "the link's, on any device"


def test_an_answer_of_the_founders_is_seen_and_can_be_answered(
    made: Made, guest: Client, owner: User, cast: dict[str, User]
) -> None:
    cofounder = cast["cofounder"]
    write(guest, made)
    thread = Thread.objects.get()
    comments.reply(thread=thread, text="From the ministry.", by=owner)
    comments.resolve(thread=thread, by=owner)
    html = guest.get(at("section", made.link, "market")).text
    assert "From the ministry." in html and "Resolved" in html
    write(guest, made, text="Thank you", thread=thread.uid)
    thread.refresh_from_db()
    assert [one.text for one in thread.comments.all()] == [TEXT, "From the ministry.", "Thank you"]
    assert not thread.resolved
    assert Notice.objects.filter(recipient=cofounder).count() == 2, "though they took no part"


def test_nobody_elses_thread_can_be_answered(
    made: Made, guest: Client, sample_plan: Plan, cast: dict[str, User], make: Any
) -> None:
    foreign = comments.start_thread(
        plan=sample_plan, place=Place("market"), text="Between us", by=cast["mentor"]
    )
    other = make(recipient="Other")
    write(enter(other), other)
    others = other.link.threads.get()
    for thread in (foreign, others):
        response = write(guest, made, thread=thread.uid)
        assert response.status_code == 404
        assert TEXT in response.text and "Between us" not in response.text
        assert thread.comments.count() == 1


def test_a_form_sent_twice_is_one_comment_and_a_forged_id_is_nobodys(
    make: Any, sample_plan: Plan
) -> None:
    one, other = make(), make(recipient="Other")
    mine, theirs = enter(one), enter(other)
    for _again in range(2):
        write(mine, one, uid=UID)
    assert Comment.objects.count() == 1
    write(theirs, other, uid=UID)
    write(theirs, other, uid=Comment.objects.get(thread__in=one.link.threads.all()).uid)
    assert one.link.threads.count() == 1
    assert not set(one.link.threads.all()) & set(other.link.threads.all())


def test_writing_is_throttled_and_the_text_kept(made: Made, guest: Client) -> None:
    codes = [write(guest, made, text=f"Comment {number}").status_code for number in range(10)]
    assert codes == [302] * 10
    response = write(guest, made, text="One too many")
    assert response.status_code == 429
    assert "One too many" in response.text and "Wait ten minutes" in response.text
    assert Comment.objects.count() == 10


def test_a_link_to_read_takes_no_comments(make: Any) -> None:
    made = make(may_comment=False)
    client = enter(made)
    assert "Your comment" not in client.get(at("page", made.link)).text
    assert write(client, made).status_code == 404
    assert not Comment.objects.exists()


def test_a_text_sent_after_the_link_was_closed_comes_back(
    made: Made, guest: Client, owner: User, sample_plan: Plan
) -> None:
    services.revoke_link(link=made.link, by=owner)
    response = write(guest, made)
    assert response.status_code == 404
    assert TEXT in response.text and sample_plan.title not in response.text
    assert not Comment.objects.exists()


def test_the_page_asks_as_often_for_many_threads(made: Made, guest: Client) -> None:
    counts = []
    for many in (1, 6):
        for _thread in range(many):
            write(guest, made)
        guest.get(at("page", made.link))  # takes the message and the first opening
        with CaptureQueriesContext(connection) as queries:
            guest.get(at("section", made.link, "market"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
