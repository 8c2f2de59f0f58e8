"""The one-page summary: always one page, nothing of what was left out, in both languages."""

import subprocess

import pikepdf
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from apps.exports import onepage
from apps.exports.formats import MAKERS
from apps.plans import samples
from tests.exports.conftest import make_order


def printed(order, tools, tmp_path):
    target = tmp_path / "one.pdf"
    made = MAKERS["pdf"].produce(order, target, tools, lambda *_: None)
    text = subprocess.run(
        ["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True
    ).stdout
    return made, text, target


@pytest.mark.parametrize("name", samples.names())
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_sample_fits_on_its_page(name, language, tools, tmp_path):
    order = make_order(samples.document(name, language), language, edition="one_page")
    made, text, target = printed(order, tools, tmp_path)
    assert made.pages == 1 and made.missing == ""
    assert order["document"]["plan"]["title"] in text
    assert order["hash"] in text
    with pikepdf.open(target) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_it_says_as_much_as_fits(tools, tmp_path, monkeypatch):
    """A step that is passed over does not fit; the last one is used where none does."""
    order = make_order(samples.document("customer_service", "en"), "en", edition="one_page")
    tried = []
    monkeypatch.setattr(
        tools.whole,
        "write_pdf",
        lambda html, *_, **__: tried.append(html) or type("P", (), {"pages": 2})(),
    )
    onepage.produce(order, tmp_path / "a", tools, lambda *_: None)
    assert len(tried) == len(onepage.DENSITIES)
    lengths = [len(strip_tags(html)) for html in tried]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("density", range(len(onepage.DENSITIES)))
def test_the_ask_is_told_whole_at_every_step(density):
    document = samples.document("foundation_model", "en")
    text = strip_tags(onepage.render_one_page(make_order(document, edition="one_page"), density))
    for row in document["sections"]["funding"]["round"]:
        assert row["name"] in text


def test_a_chapter_that_is_not_chosen_tells_nothing():
    document = samples.document("customer_service", "en")
    order = make_order(document, edition="one_page", sections=["market"])
    html = onepage.render_one_page(order)
    assert "TAM per year" in html and "The ask" not in html and html.count("<svg") == 1


def test_an_empty_plan_says_what_to_fill_in():
    document = {"format": "ventureplan/1", "plan": {"title": "New"}, "sections": {}}
    document["plan"] |= {"currency": "CNY", "stage": "idea", "language": "en"}
    order = make_order(document, edition="one_page")
    assert "Fill in the market" in onepage.render_one_page(order)


@pytest.mark.django_db
def test_it_is_a_pdf(plan, as_, woken):
    page = reverse("exports:list", args=[plan.uid])
    data = {"language": "en", "sections": ["market"], "edition": "one_page"}
    assert as_("owner").post(page, data).status_code == 302
    assert plan.exports.get().edition == "one_page"


@pytest.mark.django_db
def test_what_a_choice_does_not_use_is_forgotten(plan, as_, woken):
    page = reverse("exports:list", args=[plan.uid])
    data = {"language": "en", "sections": ["funding"], "edition": "one_page"}
    as_("owner").post(page, data | {"annexes": ["checks"]})
    assert plan.exports.get().annexes == []
    as_("owner").post(page, data | {"format": "xlsx", "annexes": ["checks"]})
    workbook = plan.exports.get(format="xlsx")
    assert workbook.edition == "full" and workbook.annexes == []
