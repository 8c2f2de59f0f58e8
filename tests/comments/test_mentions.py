"""Whom a text mentions."""

import pytest

from apps.accounts.models import User
from apps.comments.mentions import mentioned, unknown

PEOPLE = [
    User(pk=1, name="Olivia Chen", email="olivia@example.com"),
    User(pk=2, name="Mei", email="mei@example.com"),
    User(pk=3, name="Mei Lin", email="lin@example.com"),
    User(pk=4, name="李雷", email="lilei@example.com"),
    User(pk=5, name="", email="nameless@example.com"),
    User(pk=6, name="Carl Otto", email="carl@example.com"),
    User(pk=7, name="Carl Emil", email="emil@example.com"),
    User(pk=8, name="A.B (C)", email="abc@example.com"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask @Olivia Chen.", {1}),
        ("Ask @olivia, please", {1}),
        ("@Mei Lin knows", {3}),
        ("@Mei knows", {2}),
        ("@Mei Lin and @mei", {2, 3}),
        ("请@李雷看一下", {4}),
        ("@nameless@example.com?", {5}),
        ("@lin@example.com", {3}),
        ("@Carl which of the two", set()),
        ("@Carl Otto, not @Emil", {6}),
        ("@Oliviana", set()),
        ("olivia", set()),
        ("write to x@mei", set()),
        ("@A.B (C) and @AxB", {8}),
        ("@", set()),
        ("", set()),
    ],
)
def test_mentions(text: str, found: set[int]) -> None:
    assert {person.pk for person in mentioned(text, PEOPLE)} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask @Olivia Chen and @Zoe.", ["Zoe"]),
        ("@Carl which of the two", ["carl"]),  # there are two
        ("@Zoe, @zoe and @Zoe", ["Zoe"]),
        ("请@王芳看一下", ["王芳看一下"]),
        ("write to x@mei or @lin@example.com", []),
        ("@nobody@example.com", ["nobody@example.com"]),
        ("at 5 @ 3, @", []),
    ],
)
def test_names_that_call_nobody(text: str, found: list[str]) -> None:
    assert unknown(text, PEOPLE) == found
