"""Two editions of one plan: the investor's drops details, and annexes bring them back."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from apps.exports import services
from apps.exports.choices import Annex, Edition, edition_label
from apps.exports.editions import LEFT_OUT, shortened
from apps.exports.forms import ExportForm
from apps.exports.job import order as order_of
from apps.exports.models import Export
from apps.exports.render import Printer, render_html
from apps.plans import samples
from apps.plans.document import restore
from apps.plans.sections import registry
from tests.exports.conftest import finish, make_order

LANGUAGES = ["en", "zh-hans"]
SAMPLES = ["api_vertical", "customer_service", "foundation_model"]


def chapters(html):
    return re.findall(
        r'<section class="chapter" id="chapter-(.*?)(?=<section class="chapter|</body>)',
        html,
        re.DOTALL,
    )


def tokens(html):
    """The words and figures that are printed."""
    html = re.sub(r"^[^<]*>", "", html)
    return re.sub(r"<[^>]*>", " ", html).split()


def test_a_detail_goes_with_all_it_holds_and_under_its_heading():
    html = (
        '<h2>A &amp; b</h2><table>t</table><details class="fold fold--row"><details class="fold">'
        'x</details><h3>y</h3></details><figure>f</figure><div class="detail"><h2>C</h2>z</div>'
        '<section class="landscape by-month"><h2>M</h2>m</section>'
        '<p class="detailed unfold">p<span class="evidence-note">e</span></p>'
    )
    kept, left_out = shortened(html, "Title")
    assert kept == (
        '<h2>A &amp; b</h2><table>t</table><figure>f</figure><p class="detailed unfold">p</p>'
    )
    details = left_out[Annex.DETAILS]
    assert re.findall("<h2>(.*?)</h2>", details) == ["Title · A &amp; b", "Title · C"]
    assert "x</details><h3>y</h3></details>" in details
    assert details.endswith('<div class="detail"><h2>Title · C</h2>z</div>')
    assert re.findall("<h2>(.*?)</h2>", left_out[Annex.MONTHS]) == ["Title · M"]


@pytest.mark.parametrize("slug", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_edition_holds_nothing_that_the_full_one_does_not(slug, language):
    document = samples.document(slug, language)
    full = render_html(make_order(document, language))
    short = render_html(make_order(document, language, edition="investor"))
    shorter = chapters(short)
    assert len(shorter) == len(list(registry))
    for chapter, whole in zip(shorter, chapters(full), strict=True):
        assert set(tokens(chapter)) <= set(tokens(whole)), "the figures are the same"
        assert len(chapter) < len(whole) * 0.9
        assert chapter.count("<table") or chapter.count("<svg")
    assert not LEFT_OUT.search(short)
    ids = set(re.findall(r' id="([^"]+)"', short))
    assert set(re.findall(r'href="#([^"]+)"', short)) <= ids


@pytest.mark.parametrize("slug", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_left_without_its_text(slug, language):
    html = render_html(make_order(samples.document(slug, language), language, edition="investor"))
    assert re.findall(r"<h2\b[^>]*>[^<]*</h2>\s*(?:</?div[^>]*>\s*)*(?:<h2|</section)", html) == []
    assert re.findall(r"<h3\b[^>]*>[^<]*</h3>\s*(?:<h[23]|</section)", html) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_and_the_two_annexes_together_lose_no_text(order, language):
    """But the evidence, which has an annex of its own."""
    whole = render_html(order(language))
    full = chapters(whole)
    annexes = [Annex.DETAILS, Annex.MONTHS, Annex.ASSUMPTIONS]
    short = render_html(order(language, edition="investor", annexes=annexes))
    assert set(tokens("<" + "<".join(full))) - set(tokens(short)) <= {"·", "confidence"} | {
        token for note in re.findall(r'evidence-note">(.*?)</span>', "".join(full), re.DOTALL)
        for token in tokens(note)
    }  # fmt: skip
    assert short.count("<svg") == whole.count("<svg")
    tables = short.count("<table") - short.count('class="table table-evidence')
    assert tables == whole.count("<table")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("annex", [Annex.DETAILS, Annex.MONTHS])
def test_the_full_edition_needs_no_annex_for_its_chapters(order, language, annex):
    asked = {"sections": ["funding"], "annexes": [annex]}
    mark = f'id="annex-{annex}"'
    assert mark not in render_html(order(language, **asked))
    html = render_html(order(language, edition="investor", **asked))
    assert html.count(mark) == 1 and f'href="#annex-{annex}"' in html
    with translation.override(language):
        assert html.count(str(annex.label)) == 2  # in the contents and above it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", Edition.values)
def test_the_assumptions_name_every_figure_with_evidence(order, language, edition):
    made = order(language, edition=edition, annexes=[Annex.ASSUMPTIONS])
    annex = render_html(made).split('id="annex-assumptions"')[1]
    founded = [
        record.evidence[name]
        for content in restore(made["document"]).sections()
        for part, record in content.records()
        for name in part.quantified
        if record.evidence.get(name)
    ]
    rows = re.findall(r"<tr><th scope=.row.>.*?</tr>", annex, re.DOTALL)
    assert len(rows) == len(founded) > 50
    text = " ".join(tokens(annex))
    for given in founded[:40]:
        assert " ".join(given.get("source", "").split())[:12] in text.replace("&amp;", "&")
    few = render_html(order(language, sections=["team"], annexes=[Annex.ASSUMPTIONS]))
    with translation.override(language):
        assert f"<h2>{registry['funding'].title}</h2>" not in few.split('id="annex-assu')[1]


@pytest.mark.parametrize("slug", SAMPLES)
def test_an_investor_reads_about_thirty_pages(slug, tmp_path):
    html = render_html(make_order(samples.document(slug, "en"), "en", edition="investor"))
    printed = Printer().write_pdf(
        html, tmp_path / "plan.pdf", identifier="ab" * 16, on_page=lambda page: None
    )
    assert 15 <= printed.pages <= 32
    assert printed.missing == ""


@pytest.mark.django_db
def test_the_edition_is_asked_for_remembered_and_shown(plan, as_, woken):
    page, client = reverse("exports:list", args=[plan.uid]), as_("owner")
    assert client.get(page).context["form"]["edition"].value() == "investor"
    data = {"language": "en", "sections": ["team"]}
    client.post(page, data | {"edition": "full"})
    client.post(page, data)
    assert list(Export.objects.order_by("pk").values_list("edition", flat=True)) == [
        "full", "investor",
    ]  # fmt: skip
    assert client.post(page, data | {"edition": "pocket"}).status_code == 422
    listed = client.get(page).content.decode()
    assert 'data-label="Edition">Selected chapters' in listed
    assert 'data-label="Edition">Investor edition · Selected chapters' in listed
    assert [order_of(export)["edition"] for export in Export.objects.order_by("pk")] == [
        "full", "investor",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_page_says_how_long_the_last_one_of_an_edition_was(plan, owner, as_, woken):
    page, client = reverse("exports:list", args=[plan.uid]), as_("owner")
    first = client.get(page).content.decode()
    assert "About 20 to 30 pages" in first and "About 60 to 100 pages" in first
    for pages in (22, 24):
        ask = services.request_export(plan=plan, by=owner, language="en", edition="investor")
        finish(ask, pages=pages)
    later = client.get(page).content.decode()
    assert "The last one had 24 pages." in later and "About 20 to 30 pages" not in later
    assert "About 60 to 100 pages" in later
    again = services.request_export(plan=plan, by=owner, language="en", edition="investor")
    assert order_of(again)["expected_pages"] == 24
    full = services.request_export(plan=plan, by=owner, language="en", edition="full")
    assert order_of(full)["expected_pages"] == 0


def test_the_cover_calls_nothing_full_that_lacks_chapters(order):
    every = [section.name for section in registry]
    for edition, part in ((Edition.FULL, ""), (Edition.INVESTOR, "Investor edition · ")):
        html = render_html(order(edition=edition, sections=["team"]))
        assert f"Venture plan · {part}Selected chapters" in html
        assert edition_label(edition, every) == edition.label
    assert ExportForm(
        {"language": "en", "sections": ["team"]}, offered=[registry["team"]]
    ).is_valid()
