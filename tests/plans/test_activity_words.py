"""The activity in the reader's language, whoever wrote it, and a restore as one line."""

from typing import Any

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.comments.services import start_thread
from apps.plans.access import Access
from apps.plans.activity import entries
from apps.plans.checks import Place
from apps.plans.contents import load
from apps.plans.models import Activity, HiddenSection, Plan, Role, Verb
from apps.plans.services import log
from apps.versions.models import Reason
from apps.versions.services import restore_version, take_version
from tests.plans.conftest import SEGMENT, SHEET, save, stored
from tests.plans.pages import text_of, url


def told(plan: Plan, language: str) -> list[str]:
    """Each activity as a sentence, oldest first."""
    with translation.override(language):
        found = entries(plan.activity.order_by("pk"), Access(plan, Role.OWNER))
        return [f"{one.sentence} ({one.place})".replace(" ()", "") for one in found]


@pytest.fixture
def restored(plan: Plan, segment: Any, owner: User) -> Plan:
    """Two edits and a new row, then back to how it was before them."""
    take_version(plan=plan, by=owner, reason=Reason.MANUAL, label="First")
    save(plan, SEGMENT, owner, stored(segment), name="Web shops")
    save(plan, SEGMENT, owner, name="Banks")
    restore_version(plan=plan, number=1, by=owner)
    return plan


def test_a_place_reads_in_the_language_of_the_reader(plan: Plan, owner: User) -> None:
    with translation.override("zh-hans"):
        save(plan, SHEET, owner, load(plan).part(SHEET), scope="x")
        start_thread(plan=plan, place=Place("market"), text="x", by=owner)
        start_thread(plan=plan, place=Place(""), text="x", by=owner)
    assert told(plan, "en")[-3:] == [
        "edited Market analysis (Market)", "commented on Market", "commented on the whole plan",
    ]  # fmt: skip
    assert told(plan, "zh-hans")[-2:] == ["批注了市场", "批注了整份计划"]


def test_a_version_reads_in_the_language_of_the_reader(plan: Plan, owner: User) -> None:
    with translation.override("zh-hans"):
        take_version(plan=plan, by=owner, reason=Reason.MANUAL, label="Before <the> pitch")
    assert told(plan, "en")[-1] == "saved version 1 “Before &lt;the&gt; pitch”"
    assert told(plan, "zh-hans")[-1] == "保存了版本 1“Before &lt;the&gt; pitch”"


def test_a_restore_is_one_line_that_opens(restored: Plan, as_: Any) -> None:
    page = text_of(as_("owner").get(url("activity", restored)))
    assert "Olivia restored the plan from version 1 “First”" in page
    assert "2 records changed" in page and "1 edited, 1 deleted" in page
    said = Activity.objects.get(verb=Verb.ROLLED_BACK)
    assert said.inner.count() == 2
    # The edits themselves are found where edits are asked for, and in the file.
    asked = text_of(as_("owner").get(url("activity", restored), {"kind": "content"}))
    assert asked.count("Banks") == page.count("Banks") + 1
    file = b"".join(as_("owner").get(url("activity_csv", restored)).streaming_content).decode()
    assert file.count("Banks") >= 2 and "version 1 “First”" in file


def test_a_restore_tells_nothing_of_a_hidden_section(restored: Plan, as_: Any) -> None:
    HiddenSection.objects.create(plan=restored, section="market", role=Role.COFOUNDER)
    page = text_of(as_("cofounder").get(url("activity", restored)))
    assert "restored the plan" in page and "records changed" not in page


def test_a_restore_that_changes_nothing_is_not_told(plan: Plan, owner: User) -> None:
    take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    assert restore_version(plan=plan, number=1, by=owner) is None
    assert not plan.activity.filter(verb=Verb.ROLLED_BACK).exists()


def test_a_restored_version_says_of_which(restored: Plan, as_: Any) -> None:
    newest = restored.versions.order_by("-number").first()
    assert (newest.restored_from, newest.label) == (1, "")
    with translation.override("zh-hans"):
        assert newest.why == "恢复自版本 1"


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_sentence_is_filled(verb: str, language: str, plan: Plan, owner: User) -> None:
    facts: dict[str, Any] = {"version": 3, "people": ["Mei"]} if "review" in verb else {}
    log(plan=plan, by=owner, verb=verb, section="market", label="100% <b>", facts=facts)
    last = told(plan, language)[-1]
    assert last and "%(" not in last and "<b>" not in last
