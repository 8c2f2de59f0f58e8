"""Writing comments: places, history, resolving, and who is told."""

from dataclasses import asdict
from typing import Any

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.comments import places, services
from apps.comments.models import Comment, Thread, Visibility
from apps.notices import sentences
from apps.notices.models import Mail, Notice
from apps.plans.checks import Place
from apps.plans.models import HiddenSection, Plan, Role
from apps.plans.sections import registry
from apps.plans.services import delete_row, move_row, undelete_row
from apps.versions.models import Reason
from apps.versions.services import restore_version, take_version
from tests.comments.conftest import FIELD, PATH, SECTION, SHEET, TABLE, row_of

Cast = dict[str, User]


def told(**about: Any) -> dict[str, str]:
    """{name: kind} of the notices."""
    found = Notice.objects.filter(**about).select_related("recipient")
    return {notice.recipient.name: notice.kind for notice in found}


# --- Places ---------------------------------------------------------------------------------------
def test_a_thread_keeps_what_its_place_was_called_and_held(
    sample_plan: Plan, thread: Thread, field: Place
) -> None:
    row = row_of(sample_plan)
    assert thread.place == field
    assert (thread.label, thread.excerpt) == (str(row), getattr(row, FIELD))
    assert thread.visibility == Visibility.EVERYONE and not thread.resolved


@pytest.mark.parametrize("section", list(registry), ids=lambda section: section.name)
def test_every_place_of_the_sample_can_be_talked_about(
    section: Any, sample_plan: Plan, cast: Cast
) -> None:
    for part in section.parts:
        row = row_of(sample_plan, path=f"{section.name}.{part.name}").uid if part.is_table else ""
        for name in ("", *part.fields):
            place = Place(section.name, part.name, row, name)
            found = places.look_up(sample_plan, place)
            assert bool(found.label) == part.is_table
            assert places.words(place, found.label).startswith(str(section.title))
            started = services.start_thread(plan=sample_plan, place=place, text="x")
            assert Thread.objects.get(pk=started.pk).excerpt == found.excerpt


ROW = "a-row-of-nobody"
FORGED = [
    Place("nowhere"),
    Place("", TABLE),
    Place("", "", ROW),
    Place("", "", "", FIELD),
    Place(SECTION, "nothing"),
    Place(SECTION, "", ROW),
    Place(SECTION, "", "", FIELD),
    Place(SECTION, TABLE, ROW),
    Place(SECTION, TABLE, ROW, FIELD),
    Place(SECTION, TABLE, "", FIELD),
    Place(SECTION, SHEET, ROW),
    Place(SECTION, SHEET, "", "plan"),
    Place(SECTION, SHEET, "", "evidence"),
    Place(SECTION, SHEET, "", "__class__"),
    Place(SECTION, TABLE, "\x00"),
    Place(SECTION, TABLE, "x" * 500),
    Place("\x00" * 90, "a" * 900, "b", "c"),
]


@pytest.mark.parametrize("place", FORGED, ids=str)
def test_a_forged_place_is_refused(place: Place, sample_plan: Plan, cast: Cast) -> None:
    with pytest.raises(places.NoSuchPlace):
        services.start_thread(plan=sample_plan, place=place, text="x", by=cast["owner"])
    assert not Thread.objects.exists()


def test_a_row_of_another_plan_is_refused(sample_plan: Plan, plan: Plan, cast: Cast) -> None:
    place = Place(SECTION, TABLE, row_of(sample_plan).uid)
    with pytest.raises(places.NoSuchPlace):
        services.start_thread(plan=plan, place=place, text="x", by=cast["owner"])


def test_a_thread_survives_the_deletion_of_its_row_and_can_still_begin(
    sample_plan: Plan, thread: Thread, field: Place, cast: Cast
) -> None:
    section, part = registry.part(PATH)
    row = row_of(sample_plan)
    text = getattr(row, FIELD)
    row.plan = sample_plan
    deleted = delete_row(section=section, part=part, row=row, by=cast["owner"])
    late = services.start_thread(
        plan=sample_plan, place=field, text="Typed meanwhile", by=cast["mentor"]
    )
    assert (late.label, late.excerpt) == (thread.label, text)
    undelete_row(deleted=deleted, by=cast["owner"])
    assert places.look_up(sample_plan, field).excerpt == text
    assert {one.place for one in Thread.objects.all()} == {field}


def test_a_thread_survives_edits_reordering_and_restoring(
    sample_plan: Plan, thread: Thread, field: Place, cast: Cast
) -> None:
    version = take_version(plan=sample_plan, by=cast["owner"], reason=Reason.MANUAL)
    section, part = registry.part(PATH)
    row = row_of(sample_plan)
    was = getattr(row, FIELD)
    row.plan = sample_plan
    move_row(section=section, part=part, row=row, to=1, by=cast["owner"])
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "changed", "name": "Another name"})
    assert places.look_up(sample_plan, field).label == "Another name"
    row.refresh_from_db()
    delete_row(section=section, part=part, row=row, by=cast["owner"])
    restore_version(plan=sample_plan, number=version.number, by=cast["owner"])
    assert places.look_up(sample_plan, field).excerpt == was
    assert Thread.objects.get().place == field


def test_a_remark_on_a_version_finds_what_the_version_held(
    sample_plan: Plan, field: Place, cast: Cast
) -> None:
    version = take_version(plan=sample_plan, by=cast["owner"], reason=Reason.REVIEW)
    row = row_of(sample_plan)
    was = getattr(row, FIELD)
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "changed"})
    started = services.start_thread(
        plan=sample_plan, place=field, text="x", by=cast["mentor"], version=version
    )
    assert (started.excerpt, started.version) == (was, version)
    type(row).objects.filter(pk=row.pk).delete()
    services.start_thread(
        plan=sample_plan, place=field, text="y", by=cast["mentor"], version=version
    )
    with pytest.raises(places.NoSuchPlace):
        services.start_thread(plan=sample_plan, place=field, text="z", by=cast["mentor"])


def test_a_place_in_words(thread: Thread) -> None:
    assert (
        places.words(thread.place, thread.label) == f"Market · “{thread.label}” · Regulatory limits"
    )
    assert places.words(Place("")) == "the whole plan"
    assert places.words(Place("gone", "x", "y"), "A row") == "A row"
    with translation.override("zh-hans"):
        assert places.words(Place(SECTION)) == "市场"


# --- Writing --------------------------------------------------------------------------------------
def test_a_form_posted_twice_writes_once(thread: Thread, sample_plan: Plan, cast: Cast) -> None:
    owner = cast["owner"]
    for _time in range(2):
        services.reply(thread=thread, text="Once", by=owner, uid="abcdefgh2345")
        services.start_thread(
            plan=sample_plan, place=Place(""), text="Once", by=owner, uid="abcdefgh6789"
        )
    assert Comment.objects.filter(text="Once").count() == 2
    # Somebody else's uid is nobody's way to a comment.
    other = services.reply(thread=thread, text="Mine", by=cast["mentor"], uid="abcdefgh2345")
    assert (other.text, other.author) == ("Mine", cast["mentor"])


def test_what_a_comment_said_before_is_kept(thread: Thread) -> None:
    comment = thread.comments.get()
    for text in ("Who says that?", "Who says that?", "Which source says that?"):
        services.edit(comment=comment, text=text)
    comment.refresh_from_db()
    assert comment.text == "Which source says that?" and comment.edited_at
    assert [edit.text for edit in comment.edits.all()] == ["Who says so?", "Who says that?"]


def test_resolved_once_and_reopened_by_an_answer(thread: Thread, cast: Cast) -> None:
    for _time in range(2):
        services.resolve(thread=thread, by=cast["owner"])
    thread.refresh_from_db()
    assert thread.resolved and thread.resolved_by == cast["owner"]
    assert told(kind="thread_resolved") == {"Mei": "thread_resolved"}
    services.reply(thread=thread, text="Not yet", by=cast["mentor"])
    thread.refresh_from_db()
    assert not thread.resolved and thread.resolved_by is None
    services.resolve(thread=thread, by=cast["owner"])
    services.reopen(thread=thread, by=cast["owner"])
    thread.refresh_from_db()
    assert not thread.resolved


# --- Who is told ----------------------------------------------------------------------------------
def test_founders_are_told_of_a_new_thread_and_those_in_it_of_answers(
    thread: Thread, cast: Cast
) -> None:
    assert told() == {"Olivia": "comment_added", "Carl": "comment_added"}
    notice = Notice.objects.first()
    assert notice.section == SECTION and notice.mail == Mail.DIGEST
    assert notice.url.endswith(f"/comments/threads/{thread.uid}/")
    assert notice.params["place"] == {**asdict(thread.place), "label": thread.label}
    Notice.objects.all().delete()
    answer = services.reply(thread=thread, text="We do.", by=cast["owner"])
    assert told() == {"Mei": "comment_added"}
    assert Notice.objects.get().key == f"comment:{answer.uid}"


def test_a_mention_is_told_once_and_not_a_second_time_as_an_answer(
    thread: Thread, cast: Cast
) -> None:
    Notice.objects.all().delete()
    services.reply(thread=thread, text="@Mei, see above. @Carl too.", by=cast["owner"])
    assert told() == {"Mei": "comment_mention", "Carl": "comment_mention"}
    assert Notice.objects.count() == 2
    Notice.objects.all().delete()
    services.reply(thread=thread, text="ok", by=cast["owner"])
    assert told() == {"Mei": "comment_added", "Carl": "comment_added"}  # he takes part now


def test_an_edit_tells_only_who_is_newly_mentioned(thread: Thread, cast: Cast) -> None:
    answer = services.reply(thread=thread, text="Hm", by=cast["owner"])
    Notice.objects.exclude(key=f"comment:{answer.uid}").delete()
    services.edit(comment=answer, text="Hm, @Mei and @Carl")
    assert told() == {"Mei": "comment_added", "Carl": "comment_mention"}
    assert set(answer.mentions.all()) == {cast["mentor"], cast["cofounder"]}


def test_people_chosen_to_be_told_are_mentioned(thread: Thread, cast: Cast) -> None:
    Notice.objects.all().delete()
    services.reply(
        thread=thread, text="Look", by=cast["mentor"], notify=[cast["cofounder"], cast["stranger"]]
    )
    assert told() == {"Carl": "comment_mention"}


def test_who_may_not_read_a_thread_is_not_told(sample_plan: Plan, cast: Cast) -> None:
    HiddenSection.objects.create(plan=sample_plan, section=SECTION, role=Role.COFOUNDER)
    services.start_thread(
        plan=sample_plan, place=Place(SECTION), text="@Carl @Victor @Simon @Olivia @Mei",
        by=cast["mentor"],
    )  # fmt: skip
    assert told() == {"Olivia": "comment_mention"}
    kept = services.start_thread(
        plan=sample_plan, place=Place(""), text="@Mei", by=cast["owner"], notify=[cast["mentor"]],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    assert told(key__endswith=kept.comments.get().uid) == {"Carl": "comment_added"}


def test_who_is_assigned_is_told_each_time_but_not_twice(thread: Thread, cast: Cast) -> None:
    Notice.objects.all().delete()
    for assignee in (cast["cofounder"], cast["cofounder"], None, cast["cofounder"], cast["owner"]):
        services.assign(thread=thread, assignee=assignee, by=cast["owner"])
    notices = Notice.objects.filter(kind="thread_assigned")
    assert [notice.recipient.name for notice in notices] == ["Carl", "Carl"]
    thread.refresh_from_db()
    assert thread.assignee == cast["owner"]


def test_each_is_told_in_their_own_language(sample_plan: Plan, cast: Cast) -> None:
    services.start_thread(plan=sample_plan, place=Place(SECTION), text="x", by=cast["mentor"])
    for language, words in (("zh-hans", "市场"), ("en", "Market")):
        with translation.override(language):
            said = {sentences.sentence(notice) for notice in Notice.objects.all()}
        assert len(said) == 1 and words in said.pop()


def test_a_review_in_progress_sends_no_mail_of_its_comments(sample_plan: Plan, cast: Cast) -> None:
    services.start_thread(
        plan=sample_plan, place=Place(""), text="@Carl", by=cast["mentor"], mail=False
    )
    assert {notice.mail for notice in Notice.objects.all()} == {Mail.NONE}


def test_a_guest_is_named(sample_plan: Plan, cast: Cast) -> None:
    started = services.start_thread(
        plan=sample_plan, place=Place(""), text="From outside", guest_name="Gu Wen"
    )
    comment = started.comments.get()
    assert (comment.author, comment.guest_name) == (None, "Gu Wen")
    assert {sentences.person(one) for one in Notice.objects.all()} == {"Gu Wen (guest)"}
    assert told(by=None) == {
        "Olivia": "comment_added",
        "Carl": "comment_added",
    }
