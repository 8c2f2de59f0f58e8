"""Who is told of what, once; and who does not see it any more."""

from typing import Any

import pytest
from django.utils import translation

from apps.notices import services
from apps.notices.kinds import KINDS
from apps.notices.models import Mail, Notice
from apps.notices.sentences import facts, quote, sentence
from apps.plans.models import Membership, Plan, Role
from tests.notices.conftest import tell

PARAMS = {"outcome": "approved", "criterion": "Team", "place": "Market", "number": 3}


def test_everybody_but_the_one_who_did_it_is_told_once(plan: Plan, cast: Any) -> None:
    everybody = [cast["owner"], cast["cofounder"], cast["mentor"]]
    first = tell(plan, everybody, by=cast["mentor"], key="comment:1")
    again = tell(plan, [*everybody, cast["viewer"]], by=cast["mentor"], key="comment:1")
    assert {notice.recipient.name for notice in first} == {"Olivia", "Carl"}
    assert {notice.recipient.name for notice in again} == {"Victor"}
    assert Notice.objects.count() == 3


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_whole_sentence(kind: str, language: str, plan: Plan, cast: Any) -> None:
    (notice,) = tell(plan, cast["owner"], by=cast["mentor"], kind=kind, **PARAMS)
    with translation.override(language):
        said = sentence(notice)
    assert "Mei" in said and "Blank plan" in said
    assert "%" not in said and "—" not in said.replace("——", "")


def test_a_word_of_a_fixed_set_is_said_in_the_readers_language(plan: Plan, cast: Any) -> None:
    (notice,) = tell(plan, cast["owner"], by=cast["mentor"], kind="review_finished",
                     outcome="changes")  # fmt: skip
    assert "changes requested" in sentence(notice)
    with translation.override("zh-hans"):
        assert "changes" not in sentence(notice)


def test_what_a_review_counts_is_told_without_the_noughts(plan: Plan, cast: Any) -> None:
    (notice,) = tell(plan, cast["owner"], kind="review_finished", outcome="approved", to_fix=1,
                     improvable=0, acceptable=7, comments=20)  # fmt: skip
    assert facts(notice) == "1 section to fix · 7 acceptable · 20 comments"
    with translation.override("zh-hans"):
        assert facts(notice) == "1 个板块需修正 · 7 个板块可接受 · 20 条批注"
    assert facts(tell(plan, cast["owner"])[0]) == ""


def test_a_guest_and_somebody_who_left_have_a_name(plan: Plan, cast: Any) -> None:
    (guest,) = tell(plan, cast["owner"], by_name="Gerd (guest)")
    (gone,) = tell(plan, cast["owner"])
    assert sentence(guest).startswith("Gerd (guest) commented")
    assert sentence(gone).startswith("Somebody who left commented")


def test_a_missing_word_is_a_dash_and_no_error(plan: Plan, cast: Any) -> None:
    (notice,) = tell(plan, cast["owner"], by=cast["mentor"], kind="version_restored")
    assert sentence(notice) == "Mei restored “Blank plan” to version —"


def test_a_long_text_is_quoted_in_short(plan: Plan, cast: Any) -> None:
    (notice,) = tell(plan, cast["owner"], text="word " * 500)
    assert len(quote(notice)) < 410 and quote(notice).endswith(" …")
    assert quote(tell(plan, cast["owner"])[0]) == ""


def seen(user: Any) -> int:
    assert services.count_unread(user) == services.inbox(user).count()
    return services.count_unread(user)


def test_a_hidden_section_takes_its_notices_along(plan: Plan, cast: Any) -> None:
    tell(plan, [cast["mentor"], cast["cofounder"]], section="market")
    tell(plan, cast["mentor"], section="team")
    plan.hidden_sections.create(section="market", role=Role.MENTOR)
    assert seen(cast["mentor"]) == 1
    assert seen(cast["cofounder"]) == 1
    plan.hidden_sections.all().delete()
    assert seen(cast["mentor"]) == 2


def test_who_leaves_the_plan_sees_none_of_it(plan: Plan, sample_plan: Plan, cast: Any) -> None:
    tell(plan, cast["mentor"])
    tell(sample_plan, cast["mentor"])
    Membership.objects.filter(plan=plan, user=cast["mentor"]).delete()
    assert seen(cast["mentor"]) == 1
    assert services.inbox(cast["mentor"]).get().plan == sample_plan


def test_what_founders_keep_to_themselves_ends_with_the_role(plan: Plan, cast: Any) -> None:
    tell(plan, cast["cofounder"], founders_only=True)
    assert seen(cast["cofounder"]) == 1
    Membership.objects.filter(plan=plan, user=cast["cofounder"]).update(role=Role.MENTOR)
    assert seen(cast["cofounder"]) == 0


def test_a_kind_that_is_no_longer_told_is_not_shown(plan: Plan, cast: Any) -> None:
    tell(plan, cast["mentor"])
    Notice.objects.update(kind="of an older release")
    assert seen(cast["mentor"]) == 0


def test_the_mail_is_the_kinds_or_the_persons_choice(plan: Plan, cast: Any) -> None:
    services.choose_mail(user=cast["mentor"], chosen={"comment_added": Mail.NOW})
    both = tell(plan, [cast["mentor"], cast["owner"]])
    assert {notice.recipient.name: notice.mail for notice in both} == {
        "Mei": Mail.NOW, "Olivia": Mail.DIGEST,
    }  # fmt: skip
    quiet = tell(plan, [cast["mentor"], cast["owner"]], mail=False)
    assert {notice.mail for notice in quiet} == {Mail.NONE}


def test_telling_costs_the_same_queries_for_any_number_of_people(
    plan: Plan, cast: Any, django_assert_num_queries: Any
) -> None:
    for people in ([cast["owner"]], list(cast.values())):
        with django_assert_num_queries(5):  # a savepoint and its end among them
            tell(plan, people)
