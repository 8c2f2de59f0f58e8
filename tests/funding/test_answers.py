"""The page begins with the answers; statements and details are folded."""

import re
from decimal import Decimal

from django.utils.translation import override

from apps.funding.answers import answers
from apps.funding.outlook import Outlook
from apps.plans.document import restore
from apps.plans.render import render_section
from apps.plans.samples import document
from tests.funding.conftest import contents_of


def told(contents) -> list[tuple[str, ...]]:
    return [one.lines for one in answers(Outlook(contents))]


def test_the_sample_says_when_where_why_and_what_is_asked_for(english):
    cash, scenarios, earlier, ask = told(english)
    assert cash[0].endswith("not within 36 months")
    assert cash[1].startswith("With signed rounds only: ")
    assert len(scenarios) == 3
    assert earlier[0].startswith("These stress cases do not: GPU cost ×1.5, ")
    assert earlier[1:] == ("API price ×2 does not apply: you buy no inference by the token.",)
    assert [line.partition(":")[0] for line in ask] == [
        str(row) for row in english.part("funding.round")
    ]


def test_a_stress_that_ends_the_cash_sooner_is_named_with_its_month():
    with override("en"):
        contents = restore(document("api_vertical", "en"))
        outlook = Outlook(contents)
        ends = {one.label: one.result.cash_out for one in outlook.stresses}
        earlier = told(contents)[2]
        assert {line.partition(": ")[0] for line in earlier} == {
            label for label, end in ends.items() if end is not None
        }
        assert f"API price ×2: {outlook.month(ends['API price ×2'])}" in earlier


def test_without_the_cash_at_the_start_only_the_ask_is_answered():
    cost = {"uid": "c", "name": "x", "amount": "5"}
    assert told(contents_of(cost=[cost])) == [("—",), ("Nothing: no round is open.",)]
    assert told(contents_of()) == []


def test_the_answers_come_first_and_every_table_is_folded(english):
    html = render_section(english.section("funding"))
    assert html.index("When is the cash gone?") < html.index('class="stats"')
    depth = 0
    for tag in re.findall(r"<(/?details|table)\b", html):
        depth += {"details": 1, "/details": -1, "table": 0}[tag]
        assert tag != "table" or depth
    assert depth == 0


def test_a_curve_that_would_flatten_the_plan_is_named_instead_of_drawn(english):
    english.part("funding.scenario")[1].price = Decimal(10) ** 9
    picture = english.section("funding").context()["pictures"]["cash"]
    assert "too large to be drawn: Slow sales" in picture.svg
    assert "T</text>" not in picture.svg
    html = render_section(english.section("funding"))
    assert "over ¥1,000T" in html
