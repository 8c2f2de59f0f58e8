"""The difference of two documents: complete, minimal, and silent about what is hidden."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.plans import samples
from apps.plans.checks import Place
from apps.plans.document import dump, restore
from apps.plans.sections import registry
from apps.versions.diff import changed_sections, changes_at, diff, moved_rows, summary
from tests.versions.documents import UIDS, documents, laid_on

# Drawing documents takes long, and a busy machine takes longer.
EVERYWHERE = Place("")
FEW = settings(max_examples=40, deadline=None)


@pytest.fixture
def sample() -> Any:
    return dump(restore(samples.document("customer_service", "en")))


def first_table(document: Any) -> tuple[str, str, list[Any]]:
    """A table of the sample with at least three rows: section, part, rows."""
    for section in registry:
        for part in section.parts:
            rows = document["sections"][section.name][part.name]
            if part.is_table and len(rows) >= 3:
                return section.name, part.name, rows
    raise AssertionError("the sample has no table of three rows")


@FEW
@given(documents())
def test_a_document_does_not_differ_from_itself(document: Any) -> None:
    found = diff(document, deepcopy(document))
    assert not found
    assert found.count == 0
    assert summary(found) == {}
    assert changed_sections(document, document) == set()


@FEW
@given(documents(), documents())
def test_the_changes_laid_on_the_old_document_make_the_new_one(old: Any, new: Any) -> None:
    assert laid_on(old, diff(old, new)) == new


def changed_fields(found: Any, place: Place = EVERYWHERE) -> list[Any]:
    inner = [one for _section, _part, row in changes_at(found, place) for one in row.fields]
    return inner if place.section else [*found.settings, *inner]


@FEW
@given(documents(), documents())
def test_the_way_back_mirrors_the_way_there(old: Any, new: Any) -> None:
    there, back = diff(old, new), diff(new, old)
    assert there.sections.keys() == back.sections.keys() == changed_sections(old, new)
    assert there.count == back.count
    values = {(c.place, c.evidence): (c.old, c.new) for c in changed_fields(there)}
    mirror = {(c.place, c.evidence): (c.new, c.old) for c in changed_fields(back)}
    assert values == mirror


@FEW
@given(documents(), documents())
def test_the_summary_counts_every_change(old: Any, new: Any) -> None:
    found = diff(old, new)
    assert sum(n for targets in summary(found).values() for n in targets.values()) == found.count


@FEW
@given(UIDS, UIDS)
def test_rows_that_did_not_move_kept_their_order(old: list[str], new: list[str]) -> None:
    moved = moved_rows(old, new)
    common = set(old) & set(new)
    assert moved <= common
    stayed = common - moved
    assert [uid for uid in old if uid in stayed] == [uid for uid in new if uid in stayed]


@FEW
@given(UIDS.filter(lambda uids: len(uids) > 2), st.data())
def test_one_row_moved_is_one_row_found(old: list[str], data: Any) -> None:
    row = data.draw(st.sampled_from(old))
    rest = [uid for uid in old if uid != row]
    to = data.draw(st.integers(0, len(rest)))
    new = [*rest[:to], row, *rest[to:]]
    assert len(moved_rows(old, new)) == (0 if new == old else 1)


def test_every_kind_of_change_in_the_sample(sample: Any) -> None:
    new = deepcopy(sample)
    section, part, rows = first_table(new)
    removed, text = rows[0]["uid"], registry[section].part(part).fields[0]
    edited, rows[1][text] = rows[1]["uid"], "changed"
    rows.append({**rows[1], "uid": "brandnew", text: "added"})
    rows.insert(1, rows.pop(2))
    del rows[0]
    new["plan"]["title"] = "Another title"
    found = diff(sample, new)
    assert [(change.place.field, change.new) for change in found.settings] == [
        ("title", "Another title")
    ]
    assert list(found.sections) == [section]
    (changed,) = found.sections[section].parts
    kinds = {row.uid: row.kind for row in changed.rows}
    assert kinds[removed] == "removed"
    assert kinds["brandnew"] == "added"
    assert set(kinds) >= {removed, "brandnew", edited}
    # Places among the rows that stayed: the one deleted before them moved nobody.
    assert [row.moved for row in changed.rows if row.moved] == [(2, 1)]
    assert {row.new_index for row in changed.rows if row.uid == removed} == {None}


def test_changes_of_one_place(sample: Any) -> None:
    new = deepcopy(sample)
    section, part, rows = first_table(new)
    text = registry[section].part(part).fields[0]
    old_text, rows[0][text] = rows[0][text], "changed"
    rows[1][text] = "changed too"
    found, uid = diff(sample, new), rows[0]["uid"]
    (change,) = changed_fields(found, Place(section, part, uid, text))
    assert (change.old, change.new) == (old_text, "changed")
    assert len(changed_fields(found, Place(section, part, uid))) == 1
    assert len(changed_fields(found, Place(section, part))) == 2
    assert len(changed_fields(found, Place(section))) == 2
    assert len(changed_fields(found)) == 2
    assert changed_fields(found, Place("nowhere")) == []
    assert not list(changes_at(diff(sample, new, frozenset({section})), Place(section)))


def test_unwritten_is_unwritten_in_every_form(sample: Any) -> None:
    old, new = deepcopy(sample), deepcopy(sample)
    section, part, rows = first_table(old)
    name = registry[section].part(part).fields[0]
    rows[0][name], new["sections"][section][part][0][name] = "", None
    assert not diff(old, new)
    new["sections"][section][part][0][name] = 0
    assert diff(old, new).count == 1, "zero is an answer"


def test_what_is_no_longer_declared_is_left_out(sample: Any) -> None:
    new = deepcopy(sample)
    new["sections"]["gone"] = {"part": {"field": "text"}}
    _section, _part, rows = first_table(new)
    rows[0]["field_of_old"] = "text"
    assert not diff(sample, new)


def cross_reference(document: Any) -> tuple[str, str, dict[str, Any], str, str]:
    """A row of the sample that refers to a row of another section."""
    for section in registry:
        for part in section.parts:
            for name in part.fields:
                target = getattr(part.model_field(name), "target", "").partition(".")[0]
                if target and target != section.name and part.is_table:
                    for row in document["sections"][section.name][part.name]:
                        if isinstance(row.get(name), str) and row[name]:
                            return section.name, part.name, row, name, target
    raise AssertionError("the sample has no reference across sections")


def test_a_hidden_section_leaves_no_trace(sample: Any) -> None:
    new = deepcopy(sample)
    section, _part, rows = first_table(new)
    rows.pop()
    assert not diff(sample, new, frozenset({section}))


def test_a_reference_into_a_hidden_section_does_not_tell_that_it_changed(sample: Any) -> None:
    new = deepcopy(sample)
    section, _part, row, name, target = cross_reference(new)
    row[name] = "anotherrow"
    assert summary(diff(sample, new)) == {section: {target: 1, "": 0}}
    assert not diff(sample, new, frozenset({target}))
    row[name] = ""
    assert diff(sample, new, frozenset({target})).count == 1, "the page shows that it is empty"


def test_an_edited_figure_is_one_change_though_its_evidence_keeps_what_it_was_given_for(
    sample: Any,
) -> None:
    new = deepcopy(sample)
    row = new["sections"]["market"]["segment"][0]
    row["evidence"]["accounts"]["given_for"], row["accounts"] = row["accounts"], 42_700
    assert [change.place.field for change in diff(sample, new).sections["market"].fields()] == [
        "accounts"
    ]


def test_the_same_ticks_in_another_order_are_no_change(sample: Any) -> None:
    new = deepcopy(sample)
    chosen = new["sections"]["market"]["analysis"]
    sample["sections"]["market"]["analysis"]["geography"] = ["china", "europe"]
    chosen["geography"] = ["europe", "china"]
    assert not diff(sample, new)
