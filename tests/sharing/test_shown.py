"""Only what was chosen is shown: no text and no figure of another section, on any page."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from apps.exports.choices import Edition
from apps.exports.job import order
from apps.exports.render import render_html
from apps.funding.models import Round, Stream
from apps.plans import people
from apps.plans.contents import load
from apps.plans.document import dump
from apps.plans.models import Plan, Role
from apps.plans.sections import Section, registry
from apps.sharing import services, shown
from apps.sharing.services import Made
from apps.versions.models import Reason
from apps.versions.services import take_version
from tests.conftest import all_sections
from tests.exports.conftest import finish
from tests.sharing.conftest import EVERY, at, enter

TITLE = "Intelligent customer service for online retail"


def texts(value: Any) -> set[str]:
    """Every text of some length in a piece of a document."""
    if isinstance(value, dict):
        return set().union(*(texts(one) for one in value.values()), set())
    if isinstance(value, list):
        return set().union(*(texts(one) for one in value), set())
    return {value} if isinstance(value, str) and len(value) > 20 else set()


@pytest.mark.parametrize("section", all_sections())
def test_one_section_gives_nothing_of_the_others_away(
    section: Section, make: Any, sample_plan: Plan
) -> None:
    document = dump(load(sample_plan))["sections"]
    others = {name: texts(parts) for name, parts in document.items() if name != section.name}
    own = " ".join(texts(document[section.name]))
    secrets = {text for text in set().union(*others.values()) if text not in own}
    assert len(secrets) > 100
    made: Made = make(sections=[section.name])
    client = enter(made)
    for url in (at("page", made.link), at("section", made.link, section)):
        html = client.get(url).text
        assert not [text for text in secrets if escape(text) in html or text in html]
    for other in registry:
        if other != section:
            assert client.get(at("section", made.link, other)).status_code == 404
            assert (
                str(at("section", made.link, other)) not in client.get(at("page", made.link)).text
            )


def test_what_is_shown_is_made_without_the_rest(make: Any) -> None:
    made = make(sections=["market", "funding"])
    held = json.dumps(shown.document(made.link))
    assert set(json.loads(held)["sections"]) == {"market", "funding"}
    figures = shown.contents(made.link)
    assert {content.section.name for content in figures.sections()} == {"market", "funding"}


# --- The one-page summary -------------------------------------------------------------------------
PROBLEM = "Half of the temporary agents leave before they know the products."
UNTOLD = "Payroll of the first year"  # a key figure that the summary leaves to the chapters


def test_a_link_opens_with_the_summary(made: Made, guest: Client) -> None:
    html = guest.get(at("page", made.link)).text
    for told in (PROBLEM, "Money to be raised", "The ask", "Market size per year"):
        assert told in html
    told, folded = html.split('<details class="card shared-figures">')
    assert UNTOLD not in told and UNTOLD in folded.split("</details>")[0]


def test_the_summary_tells_of_the_chosen_sections_alone(make: Any) -> None:
    made = make(sections=["team"])
    html = enter(made).get(at("page", made.link)).text
    assert "Lin Zhiyuan" in html
    for hidden in (PROBLEM, "Money to be raised", "The ask", '<svg class="chart'):
        assert hidden not in html


def test_a_link_to_the_summary_shows_that_page_and_no_more(make: Any) -> None:
    made = make(summary_only=True)
    html = enter(made).get(at("page", made.link)).text
    assert PROBLEM in html and "Market size per year" in html
    for absent in ("Contents", "Start reading", UNTOLD, "shared-figures"):
        assert absent not in html
    assert not [one for one in registry if at("section", made.link, one) in html]
    assert "Your comment" in html, "on the plan as a whole"


def test_a_summary_of_nothing_says_so(make: Any, plan: Plan) -> None:
    made = make(plan=plan, summary_only=True)
    html = enter(made).get(at("page", made.link)).text
    assert "does not say enough yet for a summary" in html and 'class="summary"' not in html
    longer = make(plan=plan)
    assert "does not say enough" not in enter(longer).get(at("page", longer.link)).text


def test_the_copy_of_a_summary_is_one_page_with_the_name(make: Any, woken: list[int]) -> None:
    made, whole = make(summary_only=True, sections=["market", "funding"]), make()
    for one in (made, whole):
        assert enter(one).post(at("request_copy", one.link)).status_code == 302
    given = order(made.link.exports.get())
    assert given["edition"] == Edition.ONE_PAGE
    assert given["sections"] == given["counted"] == ["market", "funding"]
    assert given["watermark"] == "Northern Ventures" and given["annexes"] == []
    assert whole.link.exports.get().edition == Edition.FULL


# --- What rests on sections that are not shown ----------------------------------------------------
WHY = "not shown: it rests on Team, which this copy leaves out"


def test_no_figure_is_computed_as_if_the_rest_cost_nothing(make: Any) -> None:
    made = make(sections=["market", "funding"])
    client = enter(made)
    page, chapter = (
        client.get(url).text for url in (at("page", made.link), at("section", made.link, "funding"))
    )
    costing = "Brand, Technology, Project, Risks, Team"
    for html in (page, chapter):
        assert f"rests on {costing}, which this copy leaves out" in html
    assert "Revenue in year 3" in page
    assert "No other section declares a cost yet" not in chapter


def test_one_section_less_says_which(make: Any) -> None:
    made = make(sections=[name for name in EVERY if name != "team"])
    client = enter(made)
    assert WHY in client.get(at("page", made.link)).text
    assert WHY in client.get(at("section", made.link, "funding")).text
    whole = make()
    for url in (at("page", whole.link), at("section", whole.link, "funding")):
        assert "which this copy leaves out" not in enter(whole).get(url).text


def test_the_copy_of_chosen_sections_says_the_same(make: Any, woken: list[int]) -> None:
    made = make(sections=["market", "funding"])
    enter(made).post(at("request_copy", made.link))
    html = render_html(order(made.link.exports.get()))
    assert "which this copy leaves out" in html
    assert "Selected chapters" in html and "Full edition" not in html
    copy = made.link.exports.get()
    assert copy.download_name == f"{TITLE} v1 (selected chapters).pdf"


@pytest.mark.parametrize("chosen", [EVERY, ["market", "funding"], ["funding"]])
def test_a_guest_reads_no_findings(make: Any, chosen: list[str], sample_plan: Plan) -> None:
    """They are advice to the founders."""
    Round.objects.filter(plan=sample_plan).update(amount=40_000_000_000)
    Stream.objects.filter(plan=sample_plan).update(churn="0.001")
    made = make(sections=chosen)
    client, contents = enter(made), shown.contents(made.link)
    messages = {
        escape(finding.message) for one in registry for finding in one.checks(load(sample_plan))
    } | {escape(finding.message) for one in registry if one.name in chosen
         for finding in one.checks(contents)}  # fmt: skip
    assert len(messages) > 5
    for url in (at("page", made.link), *(at("section", made.link, one) for one in chosen)):
        html = client.get(url).text
        assert "To look at" not in html and "Needs attention" not in html
        assert not [text for text in messages if text in html]


def test_a_mentor_reads_the_same_dash(sample_plan: Plan, owner: Any, as_: Any) -> None:
    people.set_hidden(plan=sample_plan, hidden={("team", Role.MENTOR)}, by=owner)
    mentor = as_("mentor")
    for url in ("", "summary/", "funding/"):
        assert WHY in mentor.get(f"/plans/{sample_plan.uid}/{url}").text
        assert WHY not in as_("owner").get(f"/plans/{sample_plan.uid}/{url}").text


def test_the_form_says_first_what_will_be_missing(sample_plan: Plan, as_: Any, make: Any) -> None:
    html = as_("owner").get(f"/plans/{sample_plan.uid}/links/new/").text
    assert "Gross margin, Gross profit also tick Technology" in html
    assert "LTV : CAC also tick Brand, Technology" in html
    assert "also tick Brand, Technology, Project, Risks, Team" in html
    made = make(sections=["funding"])
    assert "Shown as “—”" in as_("owner").get(
        reverse("sharing:link", args=[sample_plan.uid, made.link.uid])
    ).text  # fmt: skip


def test_a_named_version_stays_as_it_was(make: Any, sample_plan: Plan, owner: Any) -> None:
    version = take_version(plan=sample_plan, by=owner, reason=Reason.MANUAL, label="Secret label")
    made = make(version=version)
    live = make()
    Plan.objects.filter(pk=sample_plan.pk).update(title="A later title", company="Later Inc")
    html = enter(made).get(at("page", made.link)).text
    assert TITLE in html and "A later title" not in html and "Later Inc" not in html
    assert "Secret label" not in html, "what founders call it is theirs"
    assert "A later title" in enter(live).get(at("page", live.link)).text


def test_nothing_leads_into_the_product(made: Made, guest: Client) -> None:
    for url in [at("page", made.link), *(at("section", made.link, one) for one in registry)]:
        html = guest.get(url).text
        assert "/plans/" not in html and "/accounts/" not in html


def test_a_section_that_is_not_there_any_more(make: Any) -> None:
    made = make(sections=["market", "a section of another release"])
    assert enter(made).get(at("page", made.link)).status_code == 200


def test_the_same_queries_for_any_number_of_rows(make: Any, plan: Plan, owner: Any) -> None:
    blank, full = make(plan=plan), make()
    counts = []
    for made in (blank, full):
        client = enter(made)
        client.get(at("page", made.link))
        for url in (at("page", made.link), at("section", made.link, "market")):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            counts.append(len(captured))
    assert counts[:2] == counts[2:]


# --- The PDF --------------------------------------------------------------------------------------
def test_the_copy_holds_the_chosen_sections_and_the_name(
    make: Any, woken: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    made = make(sections=["market", "team"])
    client = enter(made)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(at("request_copy", made.link))
    copy = made.link.exports.get()
    assert response["Location"] == at("copy", made.link, copy.uid)
    assert woken == [copy.pk]
    given = order(copy)
    assert given["sections"] == ["market", "team"]
    assert given["watermark"] == "Northern Ventures"
    assert copy.requested_by is None
    assert client.get(at("copy", made.link, copy.uid)).status_code == 200
    assert client.get(at("file", made.link, copy.uid)).status_code == 404, "not made yet"


def test_the_same_content_is_printed_once(make: Any, woken: list[int]) -> None:
    made = make()
    client = enter(made)
    first = client.post(at("request_copy", made.link))["Location"]
    assert client.post(at("request_copy", made.link))["Location"] == first
    assert enter(made).post(at("request_copy", made.link))["Location"] == first
    Plan.objects.filter(pk=made.link.plan_id).update(title="Another")
    assert client.post(at("request_copy", made.link))["Location"] != first
    version = made.link.plan.versions.latest("number")
    assert (version.author, version.saved_by) == (None, "A guest")
    assert version.why == "For a guest of a share link"
    assert made.link.exports.count() == 2


def test_a_copy_is_its_links_alone(make: Any, woken: list[int], as_: Any) -> None:
    one, other = make(), make(recipient="Other")
    enter(one).post(at("request_copy", one.link))
    copy = one.link.exports.get()
    assert enter(other).get(at("copy", other.link, copy.uid)).status_code == 404
    for who in ("owner", "mentor"):
        url = f"/plans/{one.link.plan.uid}/exports/"
        assert as_(who).get(f"{url}{copy.uid}/").status_code == 404
        assert copy.uid not in as_(who).get(url).text


def test_no_copy_where_none_is_allowed(make: Any, woken: list[int]) -> None:
    made = make(may_download=False)
    client = enter(made)
    assert client.post(at("request_copy", made.link)).status_code == 404
    assert "Download as PDF" not in client.get(at("page", made.link)).text
    assert not made.link.exports.exists()


def test_asking_for_copies_is_throttled(made: Made, guest: Client, woken: list[int]) -> None:
    codes = [guest.post(at("request_copy", made.link)).status_code for _try in range(11)]
    assert codes == [302] * 10 + [429]


def test_the_file_is_given_out_and_counted(make: Any, woken: list[int], owner: Any) -> None:
    version = take_version(plan=make().link.plan, by=owner, reason=Reason.MANUAL)
    made = make(version=version)
    client = enter(made)
    client.get(at("page", made.link))
    client.post(at("request_copy", made.link))
    copy = finish(made.link.exports.get())
    Plan.objects.filter(pk=made.link.plan_id).update(title="A later title")
    assert at("file", made.link, copy.uid) in client.get(at("copy", made.link, copy.uid)).text
    client.head(at("file", made.link, copy.uid)).close()
    response = client.get(at("file", made.link, copy.uid))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Disposition"] == f'attachment; filename="{TITLE} v1.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    response.close()
    assert made.link.openings.get().downloads == 1
    services.revoke_link(link=made.link, by=owner)
    assert client.get(at("file", made.link, copy.uid)).status_code == 404
