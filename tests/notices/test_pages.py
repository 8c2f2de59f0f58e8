"""The bell, the list, the link behind a notice, the choice of mails."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.notices import links, services
from apps.notices.kinds import KINDS
from apps.notices.models import Mail, Notice, Preference
from apps.plans.models import Membership, Plan
from tests.accounts.test_pages import check
from tests.notices.conftest import tell
from tests.plans.pages import text_of

LIST = reverse("notices:list")
CHOICE = reverse("notices:preferences")


def open_(notice: Notice) -> str:
    return reverse("notices:open", args=[notice.uid])


# --- The bell and the list ------------------------------------------------------------------------
def test_the_bell_counts_on_every_page_in_one_query(plan: Plan, cast: Any, as_: Any) -> None:
    client, page = as_("mentor"), reverse("plans:page", args=[plan.uid])
    client.get(page)
    with CaptureQueriesContext(connection) as none:
        assert "bell__count" not in client.get(page).content.decode()
    for _number in range(3):
        tell(plan, cast["mentor"])
    with CaptureQueriesContext(connection) as three:
        assert "Notices unread: 3" in text_of(client.get(page))
    assert len(three) == len(none)
    assert sum('"notices_notice"' in query["sql"] for query in three) == 1


def test_the_bell_counts_out_no_more_than_ninety_nine(plan: Plan, cast: Any, as_: Any) -> None:
    for _number in range(100):
        tell(plan, cast["mentor"])
    assert "unread: 99+" in text_of(as_("mentor").get(LIST))


def test_nobody_who_is_not_signed_in_has_a_bell(client: Client, db: Any) -> None:
    assert 'class="btn btn-quiet btn-sm bell"' not in client.get("/").content.decode()
    for address in (LIST, CHOICE, "/notices/abc/"):
        assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert client.post(reverse("notices:read_all")).status_code == 302


def test_the_list_is_newest_first_and_marks_what_is_unread(plan: Plan, cast: Any, as_: Any) -> None:
    tell(plan, cast["mentor"], by=cast["owner"], place="Market")
    (newest,) = tell(plan, cast["mentor"], by=cast["cofounder"], place="Team <b>")
    client = as_("mentor")
    text = text_of(client.get(LIST))
    first, second = "Carl commented on Team <b>", "Olivia commented on Market"
    assert text.index(first) < text.index(second)
    assert text.count("Unread:") == 2
    assert "Team &lt;b&gt;" in client.get(LIST).content.decode()
    client.get(open_(newest))
    assert text_of(client.get(LIST)).count("Unread:") == 1


def test_the_list_is_paged_in_a_constant_number_of_queries(
    plan: Plan, sample_plan: Plan, cast: Any, as_: Any
) -> None:
    client, counts = as_("mentor"), []
    for number in (2, 70):
        while services.count_unread(cast["mentor"]) < number:
            tell(plan if number % 2 else sample_plan, cast["mentor"], by=cast["owner"])
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(page.context["notices"]) == 30 and "Page 1 of 3" in text_of(page)
    for silly in ("0", "-1", "99", "x", "\x00"):
        assert client.get(LIST, {"page": silly}).status_code == 200


def test_an_empty_list_says_what_will_stand_there(cast: Any, as_: Any) -> None:
    assert "Nothing yet" in text_of(as_("stranger").get(LIST))


def test_all_are_marked_as_read_but_not_what_came_since(plan: Plan, cast: Any, as_: Any) -> None:
    client, mentor = as_("mentor"), cast["mentor"]
    tell(plan, mentor)
    (newest,) = tell(plan, mentor)
    tell(plan, mentor)  # came while the page was open
    tell(plan, cast["owner"])
    answer = client.post(reverse("notices:read_all"), {"upto": newest.uid}, follow=True)
    assert "All notices are marked as read." in text_of(answer)
    assert services.count_unread(mentor) == 1
    assert services.count_unread(cast["owner"]) == 1
    assert client.post(reverse("notices:read_all"), {"upto": "\x00"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("address", [LIST, CHOICE])
def test_the_pages_keep_the_policy_and_speak_both_languages(
    address: str, language: str, plan: Plan, cast: Any, as_: Any
) -> None:
    tell(plan, cast["mentor"], by=cast["owner"])
    User.objects.filter(pk=cast["mentor"].pk).update(language=language)
    check(as_("mentor").get(address), language)


# --- The link -------------------------------------------------------------------------------------
def test_the_link_marks_as_read_and_leads_to_the_very_field(
    plan: Plan, cast: Any, as_: Any
) -> None:
    (notice,) = tell(plan, cast["mentor"])
    answer = as_("mentor").get(open_(notice))
    assert answer["Location"] == reverse("plans:section", args=[plan.uid, "market"]) + "#field"
    notice.refresh_from_db()
    assert notice.read_at is not None
    first = notice.read_at
    as_("mentor").get(open_(notice))
    notice.refresh_from_db()
    assert notice.read_at == first


def test_the_link_survives_signing_in(plan: Plan, cast: Any) -> None:
    (notice,) = tell(plan, cast["mentor"])
    client = Client()
    sign_in = client.get(open_(notice))["Location"]
    assert sign_in == f"/accounts/login/?next={open_(notice)}"
    answer = client.post(
        sign_in, {"login": "mei@example.com", "password": "a long password", "next": open_(notice)}
    )
    assert answer["Location"] == open_(notice)
    assert client.get(open_(notice))["Location"].endswith("#field")


def test_a_link_is_its_readers_only(plan: Plan, cast: Any, as_: Any) -> None:
    (notice,) = tell(plan, cast["mentor"], section="market")
    assert as_("owner").get(open_(notice)).status_code == 404
    plan.hidden_sections.create(section="market", role="mentor")
    assert as_("mentor").get(open_(notice)).status_code == 404
    plan.hidden_sections.all().delete()
    Membership.objects.filter(user=cast["mentor"]).delete()
    answer = as_("mentor").get(open_(notice))
    assert answer.status_code == 404 and plan.title not in answer.content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_a_link_leads_to_no_other_site(address: str, plan: Plan, cast: Any, as_: Any) -> None:
    (notice,) = tell(plan, cast["mentor"], url=address)
    assert as_("mentor").get(open_(notice)).status_code == 404


# --- Which mails ----------------------------------------------------------------------------------
def test_the_choice_starts_with_the_defaults_and_keeps_only_what_differs(
    cast: Any, as_: Any
) -> None:
    client = as_("mentor")
    form = client.get(CHOICE).context["form"]
    assert {name: field.initial for name, field in form.fields.items()} == {
        name: kind.mail for name, kind in KINDS.items()
    }
    chosen = {name: kind.mail for name, kind in KINDS.items()} | {"comment_added": Mail.NONE}
    answer = client.post(CHOICE, chosen, follow=True)
    assert "Saved which mails you get." in text_of(answer)
    assert Preference.objects.get().kind == "comment_added"
    assert services.preferences(cast["mentor"]) == chosen
    client.post(CHOICE, {**chosen, "comment_added": Mail.DIGEST})
    assert not Preference.objects.exists()


def test_a_choice_that_is_none_is_refused(cast: Any, as_: Any) -> None:
    chosen = {name: kind.mail for name, kind in KINDS.items()}
    answer = as_("mentor").post(CHOICE, {**chosen, "comment_added": "hourly"})
    assert answer.status_code == 422 and answer.context["form"].errors["comment_added"]
    assert as_("mentor").post(CHOICE, {}).status_code == 422
    assert not Preference.objects.exists()


def test_a_choice_holds_for_what_waits_but_lets_nothing_out_at_once(plan: Plan, cast: Any) -> None:
    mentor = cast["mentor"]
    (waiting,) = tell(plan, mentor)
    (quiet,) = tell(plan, mentor, mail=False)

    def after(mail: str) -> tuple[str, str]:
        services.choose_mail(user=mentor, chosen={"comment_added": mail})
        waiting.refresh_from_db()
        quiet.refresh_from_db()
        return waiting.mail, quiet.mail

    assert after(Mail.NOW) == (Mail.DIGEST, Mail.NONE)
    assert after(Mail.DIGEST) == (Mail.DIGEST, Mail.NONE)
    assert after(Mail.NONE) == (Mail.NONE, Mail.NONE)


def test_the_choice_is_reached_from_the_profile(cast: Any, as_: Any) -> None:
    assert f'href="{CHOICE}"' in as_("mentor").get(reverse("accounts:profile")).content.decode()
    assert f'href="{CHOICE}"' in as_("mentor").get(LIST).content.decode()


# --- Unsubscribing --------------------------------------------------------------------------------
def stop(user: User, scope: str) -> str:
    return reverse("notices:unsubscribe", args=[links.unsubscribe_token(user, scope)])


def test_looking_at_the_link_stops_nothing_and_one_click_does(cast: Any) -> None:
    mentor, client = cast["mentor"], Client(enforce_csrf_checks=True)
    address = stop(mentor, "review_requested")
    page = client.get(address)
    assert "Somebody asks for my review" in text_of(page) and "Stop these mails?" in text_of(page)
    assert page["X-Robots-Tag"] == "noindex"
    assert not Preference.objects.exists()
    assert "You get no more of these mails" in text_of(client.post(address))
    assert services.preferences(mentor)["review_requested"] == Mail.NONE
    assert client.post(address).status_code == 200  # again


def test_the_daily_mail_is_stopped_and_the_urgent_one_goes_on(cast: Any) -> None:
    mentor = cast["mentor"]
    page = Client().post(stop(mentor, services.DIGEST))
    assert "The daily mail no longer comes to mei@example.com." in text_of(page)
    wanted = services.preferences(mentor)
    assert Mail.DIGEST not in wanted.values()
    assert wanted["review_requested"] == Mail.NOW


def test_the_page_is_in_the_language_of_the_mail(cast: Any) -> None:
    User.objects.filter(pk=cast["mentor"].pk).update(language="zh-hans")
    page = Client().get(stop(cast["mentor"], services.DIGEST))
    assert '<html lang="zh-Hans"' in page.content.decode() and "每日邮件" in text_of(page)


def test_a_forged_or_cut_token_stops_nothing(cast: Any) -> None:
    good = stop(cast["mentor"], "review_requested")
    token = good.split("/")[-2]
    cast["viewer"].delete()
    for wrong in (token[:-1], token + "x", token.replace(":", ""), "x", stop_of_the_deleted()):
        address = reverse("notices:unsubscribe", args=[wrong])
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code == 404
            assert "This link does not work" in text_of(answer)
    assert not Preference.objects.exists()


def stop_of_the_deleted() -> str:
    return links.unsubscribe_token(User(pk=10**9), services.DIGEST)


def test_the_token_stands_in_no_log() -> None:
    from apps.core.ops.logs import without_tokens

    assert "secret" not in without_tokens("GET /notices/stop/secret:x:y/ HTTP/1.1")
