"""Word-level changes: nothing lost in either text, and only what changed is marked."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.versions.words import Piece, compare, excerpt, folded

ALPHABET = "ab 我们的客户银行。.\n,’-é"
TEXTS = st.text(ALPHABET, max_size=60)
FEW = settings(max_examples=100, deadline=None)  # no deadline: a busy machine is no mistake


def read(pieces: list[Piece], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def marked(old: str, new: str) -> str:
    signs = {"same": "{}", "del": "[-{}-]", "ins": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in compare(old, new))


@FEW
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert read(pieces, "same", "del") == old
    assert read(pieces, "same", "ins") == new
    assert all(piece.text for piece in pieces)


@FEW
@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.kind for piece in compare(text, text)} <= {"same"}


@FEW
@given(st.text())
def test_any_character_survives(text: str) -> None:
    assert read(compare(text, "x"), "same", "del") == text
    assert read(compare("x", text), "same", "ins") == text


@pytest.mark.parametrize(
    "old, new, shown",
    [
        (
            "We sell to banks in Europe.",
            "We sell to insurers in Europe.",
            "We sell to [-banks-][+insurers+] in Europe.",
        ),
        (
            "我们的客户是中小银行。",
            "我们的客户是保险公司。",
            "我们的客户是[-中小银行-][+保险公司+]。",
        ),
        (
            "使用 GPT-4 模型回答客户。",
            "使用 GPT-5 模型回答客户。",
            "使用 [-GPT-4-][+GPT-5+] 模型回答客户。",
        ),
        ("", "New", "[+New+]"),
        (
            "Price 1,200.50 a month",
            "Price 1,300.50 a month",
            "Price [-1,200.50-][+1,300.50+] a month",
        ),
    ],
)
def test_what_is_marked(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_a_sentence_added_leaves_the_others_unmarked() -> None:
    old = "First sentence. Third sentence."
    new = "First sentence. Second one here. Third sentence."
    assert marked(old, new) == "First sentence. [+Second one here. +]Third sentence."


def test_sentences_without_much_in_common_are_replaced_as_a_whole() -> None:
    assert marked("Cats like warm milk.", "Interest rates fell by half!") == (
        "[-Cats like warm milk.-][+Interest rates fell by half!+]"
    )


def test_two_words_side_by_side_are_one_change() -> None:
    assert marked("We sell to banks now in Europe.", "We sell to insurers later in Europe.") == (
        "We sell to [-banks now-][+insurers later+] in Europe."
    )


def test_unchanged_text_far_from_a_change_is_folded() -> None:
    start, end = "word " * 200, "more " * 200
    pieces = folded(compare(start + "old. " + end, start + "new. " + end))
    assert [piece.kind for piece in pieces] == ["gap", "same", "del", "ins", "same", "gap"]
    assert 220 < len(read(pieces, "same")) <= 240
    assert all(word in {"word", "more", "."} for word in read(pieces, "same").split())


@FEW
@given(TEXTS, TEXTS)
def test_folding_keeps_every_change(old: str, new: str) -> None:
    pieces = compare(old, new)
    short = folded(pieces, context=4)
    assert read(short, "del", "ins") == read(pieces, "del", "ins")


def test_the_longest_text_takes_no_more_than_moments() -> None:
    old, new = "甲乙丙丁" * 5000, "甲丙乙戊" * 5000
    started = time.process_time()
    compare(old, new)
    compare("one two three " * 1400, "one three two " * 1400)
    assert time.process_time() - started < 5


@FEW
@given(st.text(ALPHABET, min_size=30, max_size=300), st.text(ALPHABET, min_size=30, max_size=300))
def test_no_two_ends_of_an_excerpt_read_alike(old: str, new: str) -> None:
    shown = excerpt(compare(old, new), 25)
    for before, after in itertools.pairwise(shown):
        if (before.kind, after.kind) == ("del", "ins"):
            assert before.text.strip() != after.text.strip() or before.text.strip() == ""


def test_an_excerpt_stops_after_so_much_that_changed() -> None:
    pieces = [Piece("del", "a" * 90), Piece("ins", "b" * 90), Piece("same", " – "),
              Piece("del", "c"), Piece("ins", "d")]  # fmt: skip
    assert excerpt(pieces, 100) == [*pieces[:3], Piece("gap", "…")]
    long = [
        Piece("del", "The same beginning. " * 9 + "Old"),
        Piece("ins", "The same beginning. " * 9),
    ]
    assert [piece.text[-4:] for piece in excerpt(long, 60)] == [" Old", "ing."]
