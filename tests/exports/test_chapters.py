"""From parts laid out apart to the same pages as in one piece; and only what changed anew."""

import copy
import re
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from pdfua import validate

from apps.exports import joining, pdf
from apps.exports.chapters import ChapterPrinter
from apps.exports.layout_cache import LayoutCache
from apps.exports.render import Printer, render_html

CHAPTERS = ["branding", "team"]
KINDS = {
    "english": ("en", {"sections": CHAPTERS}),
    "chinese": ("zh-hans", {"sections": ["funding"]}),  # also on landscape pages
    "short": (
        "en",
        {
            "sections": ["branding", "risks"],
            "edition": "investor",
            "annexes": ["details", "assumptions"],
            "paper": "letter",
            "accent": "#7a1f1f",
            "watermark": "Ventures North",
        },
    ),
}


@pytest.fixture(scope="module")
def tools(pool, tmp_path_factory):
    """Everything that this module lays out, once."""
    return ChapterPrinter(pool, LayoutCache(tmp_path_factory.mktemp("layouts")))


@pytest.fixture(scope="module")
def whole():
    return Printer()


@pytest.fixture
def produce(tools, tmp_path):
    def made(order, name="apart.pdf", progress=lambda stage, percent: None):
        printed = pdf.produce(order, tmp_path / name, tools, progress)
        return printed, tmp_path / name

    return made


def pictures(path):
    return [page.render(scale=60 / 72).to_numpy() for page in pypdfium2.PdfDocument(path)]


def differing(one, other):
    """The numbers of the pages that do not look the same."""
    pairs = zip(pictures(one), pictures(other), strict=True)
    return [
        number
        for number, (a, b) in enumerate(pairs, start=1)
        if a.shape != b.shape or (a != b).any()
    ]


def words(path):
    """The running heads and feet are read in another order, which is no text of the plan."""
    return [
        sorted(page.get_textpage().get_text_bounded().split())
        for page in pypdfium2.PdfDocument(path)
    ]


def links(opened):
    return [
        (number, str(link.Dest), [round(float(side), 2) for side in link.Rect])
        for number, page in enumerate(opened.pages)
        for link in page.obj.get("/Annots", ())
    ]


def targets(opened):
    """Page and place by name."""
    index = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
    names = list(opened.Root.Names.Dests.Names)
    return {
        str(name): (index[place[0].objgen], *(round(float(at), 2) for at in list(place)[2:4]))
        for name, place in zip(names[::2], names[1::2], strict=True)
    }


def headings(items):
    return [(item.title, headings(item.children)) for item in items]


def tags(opened):
    """How many elements of each kind, and whether each is reachable from what its page marks."""
    kinds = Counter()
    waiting = [opened.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        kinds[str(element.S)] += 1
        children = element.get("/K", [])
        waiting += [child for child in children if isinstance(child, pikepdf.Dictionary)
                    and "/S" in child]  # fmt: skip
    return kinds


def drawn_by(page):
    contents = page.Contents
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    return b"".join(stream.read_bytes() for stream in streams)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_are_those_of_one_piece(kind, order, whole, pool, tmp_path):
    language, changes = KINDS[kind]
    made = order(language, **changes)
    one, apart = tmp_path / "one.pdf", tmp_path / "apart.pdf"
    tools = ChapterPrinter(pool, LayoutCache(tmp_path / "layouts"))
    expected = whole.write_pdf(
        render_html(made), one, identifier=made["hash"], on_page=lambda page: None
    )
    printed = pdf.produce(made, apart, tools, lambda stage, percent: None)
    assert len(tools.laid_out) > 4
    assert not tools.__dict__.get("whole"), "it was printed in one piece"
    assert printed == expected
    assert differing(one, apart) == []
    assert words(one) == words(apart)
    assert apart.stat().st_size < 1.25 * one.stat().st_size
    with pikepdf.open(one) as left, pikepdf.open(apart) as right:
        assert links(left) == links(right) != []
        assert targets(left) == targets(right)
        assert {name: str(text) for name, text in left.docinfo.items()} == {
            name: str(text) for name, text in right.docinfo.items()
        }
        assert left.Root.Lang == right.Root.Lang
        with left.open_outline() as before, right.open_outline() as after:
            assert headings(before.root) == headings(after.root) != []


@pytest.fixture
def joint(order, produce):
    return produce(order(sections=CHAPTERS))[1]


def test_the_tags_of_all_parts_make_one_tree(joint, order, whole, tmp_path):
    one = tmp_path / "one.pdf"
    made = order(sections=["branding"])
    whole.write_pdf(render_html(made), one, identifier="", on_page=lambda page: None)
    with pikepdf.open(joint) as opened:
        assert opened.Root.MarkInfo.Marked
        kinds = tags(opened)
        assert kinds["/Document"] == 1 and kinds["/Part"] == 4
        assert kinds["/TH"] and kinds["/TD"] > 100
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        assert keys == list(range(len(keys)))
        by_key = dict(zip(keys, numbers[1::2], strict=True))
        for page in opened.pages:
            marked = set(re.findall(rb"/MCID (\d+)", drawn_by(page)))
            owners = [owner for owner in by_key[int(page.obj.StructParents)] if owner is not None]
            assert len(owners) == len(marked)
        ids = [
            str(item.ID)
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
        ]
        assert len(ids) == len(set(ids)) > 20
    found = {finding.rule_id for finding in validate(str(joint)).findings}
    assert found <= {finding.rule_id for finding in validate(str(one)).findings}


def edited(order, **changes):
    """The order of a plan whose chapter on branding says something else."""
    made = order(sections=CHAPTERS, **changes)
    document = copy.deepcopy(made["document"])
    document["sections"]["branding"]["positioning"]["reason"] = "It was there first."
    return made | {"document": document}


def test_only_the_chapter_that_changed_is_laid_out_again(joint, order, produce, tools):
    with pikepdf.open(joint) as opened:
        pages = {name: place[0] + 1 for name, place in targets(opened).items()}
    _printed, second = produce(edited(order), "second.pdf")
    assert list(tools.laid_out) == ["chapter-branding"]
    changed = differing(joint, second)
    assert changed
    assert all(pages["chapter-branding"] <= page < pages["chapter-team"] for page in changed)


def test_another_version_is_another_cover_and_other_feet(joint, order, produce, tools):
    printed, second = produce(order(sections=CHAPTERS, hash="cd34" * 16, number=8), "second.pdf")
    assert list(tools.laid_out) == ["cover", "feet"]
    assert len(differing(joint, second)) == printed.pages


def test_an_unchanged_plan_is_not_laid_out_at_all(joint, order, produce, tools):
    seen = []
    first = joint.read_bytes()
    _printed, again = produce(
        order(sections=CHAPTERS), "again.pdf", lambda *progress: seen.append(progress)
    )
    assert not tools.laid_out
    assert again.read_bytes() == first
    assert seen[-1] == ("writing", 85)


def test_one_chapter_less_moves_the_others(joint, order, produce, tools):
    """What referred to it does so no longer, and the cover names the chapters: other texts. All
    else is kept."""
    produce(order(sections=["branding"]), "less.pdf")
    assert list(tools.laid_out) == ["cover", "summary", "chapter-branding", "contents"]


def test_for_the_archive_and_with_the_plan_inside(order, produce):
    _printed, made = produce(order(sections=["team"], standard="archive", attached=True))
    with pikepdf.open(made) as opened:
        assert len(opened.attachments) == 1
        assert opened.open_metadata().get("pdfaid:part") == "3"
        assert len(opened.pages) > 5


def test_what_cannot_be_joined_is_printed_in_one_piece(order, produce, tools, monkeypatch, caplog):
    def refuse(*parts):
        raise joining.NotJoined("no feet for a page of [1, 2]")

    monkeypatch.setattr(joining, "join", refuse)
    seen = []
    printed, made = produce(
        order(sections=["risks"], hash="ef" * 32), progress=lambda *at: seen.append(at)
    )
    assert "no feet" in caplog.text
    assert len(pypdfium2.PdfDocument(made)) == printed.pages > 5
    assert ("writing", 65) in seen
