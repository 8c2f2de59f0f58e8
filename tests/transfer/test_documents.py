"""JSON out and in: without loss, all or nothing, for those who may."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.plans import samples, services
from apps.plans.contents import load
from apps.plans.document import content_hash, dump, restore
from apps.plans.models import Activity, DeletedRow, Plan, Verb
from apps.versions.models import Reason
from apps.versions.services import take_version
from tests.plans.conftest import SEGMENT, save
from tests.plans.pages import text_of
from tests.sections import LANGUAGES, SAMPLES
from tests.transfer.conftest import bring_in, document_of, hash_of, hidden_inputs, uploaded, url


def download(client: Client, plan: Plan) -> dict[str, Any]:
    response = client.get(url("document", plan))
    assert response.status_code == 200
    return json.loads(response.content)


def newest(plan: Plan) -> Plan:
    return Plan.objects.exclude(pk=plan.pk).latest("pk")


# --- Out -----------------------------------------------------------------------------------------
def test_the_download_is_the_document_with_its_hash_as_etag(
    sample_plan: Plan, founder: Client
) -> None:
    response = founder.get(url("document", sample_plan))
    assert json.loads(response.content) == document_of(sample_plan)
    assert response["ETag"] == f'"{hash_of(sample_plan)}"'
    assert response["Content-Disposition"].startswith("attachment; filename")
    again = founder.get(url("document", sample_plan), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304 and not again.content


def test_the_file_is_named_after_the_plan(plan: Plan, founder: Client) -> None:
    Plan.objects.filter(pk=plan.pk).update(title="夜班/计划: “A”")
    assert (
        "%E5%A4%9C%E7%8F%AD-%E8%AE%A1%E5%88%92"
        in (founder.get(url("document", plan))["Content-Disposition"])
    )


def test_a_hidden_section_stays_out_of_plan_and_version(
    sample_plan: Plan, owner: Any, as_: Any
) -> None:
    take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL)
    sample_plan.hidden_sections.create(section="team", role="mentor")
    for address in (url("document", sample_plan), url("version", sample_plan, "", 1)):
        for who, sees in (("owner", True), ("mentor", False)):
            sections = json.loads(as_(who).get(address).content)["sections"]
            assert ("team" in sections) is sees and "market" in sections


def test_a_version_is_what_was_kept(sample_plan: Plan, owner: Any, founder: Client) -> None:
    version = take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL)
    save(sample_plan, SEGMENT, owner, name="Later")
    response = founder.get(url("version", sample_plan, "", version.number))
    assert response["ETag"] == f'"{version.content_hash}"'
    assert content_hash(json.loads(response.content)) == version.content_hash
    assert founder.get(url("version", sample_plan, "", 7)).status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_rows(
    sample_plan: Plan, plan: Plan, founder: Client, django_assert_max_num_queries: Any
) -> None:
    for one in (plan, sample_plan):
        with django_assert_max_num_queries(60):
            founder.get(url("document", one))


# --- In, as a new plan ---------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_export_import_export_keeps_the_content_hash(
    name: str, language: str, plan: Plan, owner: Any, founder: Client
) -> None:
    first = services.create_plan(by=owner, document=samples.document(name, language))
    exported = founder.get(url("document", first))
    answer = founder.post(reverse("transfer:new"), {"file": uploaded(exported.content)})
    made = newest(first)
    assert answer["Location"] == reverse("plans:page", args=[made.uid])
    assert hash_of(made) == hash_of(first)
    assert founder.get(url("document", made))["ETag"] == exported["ETag"]
    # And over the content of another plan.
    assert bring_in(founder, plan, exported.content).status_code == 302
    assert hash_of(plan) == hash_of(first)


def test_a_new_plan_counts_its_progress_and_belongs_to_the_person(
    sample_plan: Plan, as_: Any, cast: Any
) -> None:
    content = as_("owner").get(url("document", sample_plan)).content
    as_("stranger").post(reverse("transfer:new"), {"file": uploaded(content)})
    made = newest(sample_plan)
    assert made.memberships.get().user == cast["stranger"]
    counted = dict(made.progress.values_list("section", "done"))
    assert counted == dict(sample_plan.progress.values_list("section", "done"))


def test_what_would_be_left_out_is_said_before_anything_is_made(
    plan: Plan, founder: Client
) -> None:
    given = {**document_of(plan), "extra": 1}
    given["sections"]["astrology"] = {}
    given["sections"]["market"]["segment"] = [{"name": "A", "sign": "Leo", "colour": 1}]
    given["sections"]["market"]["moon"] = []
    asked = founder.post(reverse("transfer:new"), {"file": uploaded(given)})
    assert asked.status_code == 200 and Plan.objects.count() == 1
    said = text_of(asked)
    for name in ("extra", "astrology", "Segments · sign", "Segments · colour", "Market · moon"):
        assert name in said
    founder.post(reverse("transfer:new"), {**hidden_inputs(asked), "confirmed": "yes"})
    assert [row.name for row in load(newest(plan)).part(SEGMENT)] == ["A"]


def test_a_reference_to_nothing_is_noted_and_comes_along(plan: Plan, founder: Client) -> None:
    given = document_of(plan)
    given["sections"]["market"]["group"] = [{"name": "Nurses", "segment": "gone"}]
    asked = founder.post(reverse("transfer:new"), {"file": uploaded(given)})
    assert "will read “removed”: gone" in text_of(asked)
    assert "Row 1 · Nurses" in text_of(asked)
    founder.post(reverse("transfer:new"), {**hidden_inputs(asked), "confirmed": "yes"})
    assert load(newest(plan)).part("market.group")[0].segment == "gone"


def test_decimals_are_read_to_the_last_digit(plan: Plan, founder: Client) -> None:
    text = json.dumps(document_of(plan)).replace(
        '"segment": []', '"segment": [{"name": "A", "acv": 1234567890123.07}]'
    )
    founder.post(reverse("transfer:new"), {"file": uploaded(text)})
    assert str(load(newest(plan)).part(SEGMENT)[0].acv) == "1234567890123.07"


# --- In, over an existing plan -------------------------------------------------------------------
def test_the_content_is_replaced_after_a_preview_and_a_version(
    sample_plan: Plan, owner: Any, founder: Client
) -> None:
    before = hash_of(sample_plan)
    given = document_of(sample_plan)
    rows = given["sections"]["market"]["segment"]
    gone, changed = rows.pop(0), rows[0]
    changed["name"] = "Renamed"
    rows.append({"uid": "fresh", "name": "Fresh"})
    given["plan"]["title"] = "Another title"
    asked = founder.post(url("import", sample_plan), {"file": uploaded(given, "mine.json")})
    assert hash_of(sample_plan) == before
    said = text_of(asked)
    for text in ("Another title", "Segments · Fresh added", "Segments · Renamed changed",
                 f"Segments · {gone['name']} removed"):  # fmt: skip
        assert text in said
    done = founder.post(url("import", sample_plan), {**hidden_inputs(asked), "confirmed": "yes"})
    assert done.status_code == 302
    after = document_of(sample_plan)
    assert after["plan"] == given["plan"]
    assert [row["uid"] for row in after["sections"]["market"]["segment"]] == [
        row["uid"] for row in rows
    ]
    version = sample_plan.versions.get()
    assert (version.reason, version.content_hash) == (Reason.IMPORT, before)
    said = Activity.objects.get(plan=sample_plan, verb=Verb.IMPORTED)
    assert (said.label, said.by) == ("mine.json", owner)
    assert said.inner.filter(section="market").exists()
    assert DeletedRow.objects.get(plan=sample_plan).row == gone["uid"]


def test_a_removed_row_can_be_brought_back_and_an_old_one_returns(
    sample_plan: Plan, owner: Any, founder: Client
) -> None:
    whole = document_of(sample_plan)
    less = document_of(sample_plan)
    gone = less["sections"]["market"]["segment"].pop()
    bring_in(founder, sample_plan, less)
    deleted = DeletedRow.objects.get(plan=sample_plan)
    services.undelete_row(deleted=deleted, by=owner)
    assert hash_of(sample_plan) == content_hash(whole)
    bring_in(founder, sample_plan, less)
    bring_in(founder, sample_plan, whole)
    assert hash_of(sample_plan) == content_hash(whole)
    assert not DeletedRow.objects.filter(plan=sample_plan).exists()
    row = load(sample_plan).find(SEGMENT, gone["uid"])
    assert row.revision > deleted.revision


def test_what_the_file_does_not_name_stays(sample_plan: Plan, founder: Client) -> None:
    before = document_of(sample_plan)
    uid = before["sections"]["market"]["segment"][0]["uid"]
    part = {"format": before["format"],
            "sections": {"market": {"segment": [{"uid": uid, "name": "Only this"}]}}}  # fmt: skip
    assert bring_in(founder, sample_plan, part).status_code == 302
    after = document_of(sample_plan)
    wanted = {**before["sections"]["market"]["segment"][0], "name": "Only this"}
    wanted.pop("evidence", None)
    assert after["sections"]["market"]["segment"] == [wanted]
    after["sections"]["market"].pop("segment")
    before["sections"]["market"].pop("segment")
    assert after == before


def test_the_same_content_changes_nothing(sample_plan: Plan, founder: Client) -> None:
    given = document_of(sample_plan)
    asked = founder.post(url("import", sample_plan), {"file": uploaded(given)})
    assert "The plan holds all of this already." in text_of(asked)
    assert not sample_plan.versions.exists()


def test_a_change_after_the_preview_is_a_conflict_and_nothing_is_lost(
    sample_plan: Plan, owner: Any, founder: Client
) -> None:
    given = document_of(sample_plan)
    given["plan"]["pitch"] = "New"
    asked = founder.post(url("import", sample_plan), {"file": uploaded(given)})
    save(sample_plan, SEGMENT, owner, name="Added meanwhile")
    before = hash_of(sample_plan)
    answer = founder.post(url("import", sample_plan), {**hidden_inputs(asked), "confirmed": "yes"})
    assert answer.status_code == 409 and hash_of(sample_plan) == before
    assert "Added meanwhile removed" in text_of(answer)
    assert not sample_plan.versions.exists()
    again = founder.post(url("import", sample_plan), {**hidden_inputs(answer), "confirmed": "yes"})
    assert again.status_code == 302 and hash_of(sample_plan) == content_hash(dump(restore(given)))


def test_whoever_edits_a_record_meanwhile_meets_both_texts(
    sample_plan: Plan, founder: Client
) -> None:
    row = load(sample_plan).part(SEGMENT)[0]
    editor = reverse("plans:row", args=[sample_plan.uid, "market", "segment", row.uid])
    given = document_of(sample_plan)
    given["sections"]["market"]["segment"][0]["behavioural"] = "From the file"
    bring_in(founder, sample_plan, given)
    mine = {"name": row.name, "behavioural": "From the editor", "revision": row.revision}
    answer = founder.post(editor, mine)
    assert answer.status_code == 409
    clash = next(c for c in answer.context["conflict"].clashes if c.name == "behavioural")
    assert (clash.base, clash.theirs, clash.mine) == (
        row.behavioural, "From the file", "From the editor"
    )  # fmt: skip


def test_a_section_hidden_from_a_founder_is_neither_read_nor_written(
    sample_plan: Plan, as_: Any
) -> None:
    given = document_of(sample_plan)
    given["sections"]["team"]["role"] = []
    given["sections"]["market"]["segment"] = []
    sample_plan.hidden_sections.create(section="team", role="cofounder")
    before = document_of(sample_plan)["sections"]["team"]
    asked = as_("cofounder").post(url("import", sample_plan), {"file": uploaded(given)})
    assert "Removed" in text_of(asked) and "Roles" not in text_of(asked)
    as_("cofounder").post(url("import", sample_plan), {**hidden_inputs(asked), "confirmed": "yes"})
    after = document_of(sample_plan)["sections"]
    assert after["team"] == before and after["market"]["segment"] == []


def test_a_failure_half_way_leaves_everything_as_it_was(
    sample_plan: Plan, founder: Client, monkeypatch: Any
) -> None:
    given = document_of(sample_plan)
    for section in given["sections"].values():
        for name, value in section.items():
            if isinstance(value, list):
                section[name] = value[1:]
    before, activity = hash_of(sample_plan), sample_plan.activity.count()

    def fail(**_words: Any) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr("apps.plans.replacing.refresh_progress", fail)
    with pytest.raises(RuntimeError):
        bring_in(founder, sample_plan, given)
    assert hash_of(sample_plan) == before
    assert sample_plan.activity.count() == activity and not sample_plan.versions.exists()


def test_the_pages_speak_the_readers_language(plan: Plan, cast: Any, as_: Any) -> None:
    type(cast["owner"]).objects.update(language="zh-hans")
    given = document_of(plan)
    given["sections"]["market"]["segment"] = [{"name": 5}, {}]
    with translation.override("zh-hans"):
        answer = as_("owner").post(url("import", plan), {"file": uploaded(given)})
    assert answer.status_code == 422
    said = text_of(answer)
    assert "第 1 行" in said and "每一行都需要" in said and "mistake" not in said
