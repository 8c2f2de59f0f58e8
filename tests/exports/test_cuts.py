"""Which pages an edit leaves as they are, and that the others come out as in a whole layout."""

import copy
import re

import pytest

from apps.exports import joining, pdf
from apps.exports.chapters import ChapterPrinter
from apps.exports.cuts import Blocks, LaidOut, Start
from apps.exports.fragments import lay_out
from apps.exports.kept_parts import KeptPart, cut_out
from apps.exports.layout_cache import LayoutCache
from apps.exports.parts import Part, cut
from apps.exports.render import Printer, options_of, render_html
from tests.exports.test_chapters import differing, tags

OPTIONS = options_of("access")


# --- Pure -----------------------------------------------------------------------------------------
def starts(*blocks):
    return [Start(block, "None", "any", True) for block in blocks]


def test_a_part_is_a_row_of_blocks(order):
    part = chapter(order, "team")
    made = Blocks.of(part.html)
    assert made.before + "".join(made.blocks) + made.after == part.html
    assert len(made.blocks) > 10
    assert made.blocks[0].lstrip().startswith("<header")
    assert Blocks.of(cut(render_html(order(sections=["team"]))).cover.html) is None


def test_pages_well_before_and_after_an_edit_stay():
    begin = starts(0, 2, 4, 6, 8, 10, 12, 14, 16)
    old = LaidOut(list("abcdefghijklmnopqr"), begin, [("x", 0, 9)])
    near, far = old.resumes(list("abcdefgXijklmnopqr"))  # on the page that begins with block 6
    assert near.first == far.first == 2
    assert near.start == old.starts[2]
    assert list(near.met.values()) == [5, 6] and near.filled == range(4, 15)
    assert list(far.met.values()) == [5, 6, 7, 8] and far.filled == range(4, 18)


def test_blocks_more_or_less_move_the_pages_after():
    old = LaidOut(list("abcdefgh"), starts(0, 2, 4, 6), [("x", 0, 4)])
    *_near, more = old.resumes(list("aXbcdefgh"))
    assert more.first == 0
    assert more.met == {start.moved(1): page for page, start in enumerate(old.starts) if page}
    assert old.resumes(list("Xabcdefg")) == []  # nothing is met again


def test_a_page_that_cannot_be_resumed_is_laid_out_with_the_one_before():
    fixed = starts(0, 2, 4, 6, 8)
    fixed[2] = fixed[2]._replace(resumable=False)
    old = LaidOut(list("abcdefghij"), fixed, [("x", 0, 5)])
    assert old.pages_before(9) == 3
    fixed[3] = fixed[3]._replace(resumable=False)
    assert old.pages_before(9) == 1


def test_pages_are_cut_out_of_pieces():
    pieces = [("a", 0, 3), ("b", 2, 4), ("a", 6, 9)]
    assert cut_out(pieces, 0, 8) == pieces
    assert cut_out(pieces, 1, 4) == [("a", 1, 3), ("b", 2, 3)]
    assert cut_out(pieces, 6, 8) == [("a", 7, 9)]
    assert cut_out(pieces, 3, 3) == []


# --- The same pages as a whole layout -------------------------------------------------------------
def chapter(order, name):
    [part] = [
        part
        for part in cut(render_html(order(sections=[name]))).texts
        if part.name == f"chapter-{name}"
    ]
    return part


def replaced(number, change):
    """An edit of a block, found by its share of the chapter."""

    def edit(blocks):
        at = round(number * (len(blocks) - 1))
        while not re.search(r"<d[dt]|<p|<td", blocks[at]):
            at -= 1
        return [*blocks[:at], change(blocks[at]), *blocks[at + 1 :]]

    return edit


def longer(times):
    text = re.compile(r"(?<=>)([^<>]{20,})(?=<)")
    return lambda block: text.sub(lambda found: " ".join([found[1]] * times), block, count=1)


def without(first, count=3):
    return lambda blocks: [*blocks[:first], *blocks[first + count :]]


def long_table(blocks):
    rows = "".join(f"<tr><td>Row {number}<td>What it says</tr>" for number in range(150))
    head = '<table class="table"><thead><tr><th scope="col">A<th scope="col">B</thead>'
    table = f'<div class="table-wrap">{head}<tbody>{rows}</tbody></table></div>'
    return [*blocks[:5], table, *blocks[5:]]


def heading_at_the_end(blocks):
    return [*blocks[:5], '<p style="height: 150mm">x</p>', *blocks[5:]]


def without_pictures(blocks):
    return [block for block in blocks if "<figure" not in block]


def meant(opened):
    """WeasyPrint puts a group around a first letter each time that it tries to place its line."""
    kinds = tags(opened)
    del kinds["/NonStruct"]
    return kinds


EDITS = {
    "beginning": replaced(0.15, longer(2)),
    "middle": replaced(0.5, longer(2)),
    "end": replaced(1, longer(2)),
    "a page more": replaced(0.4, longer(60)),
    "blocks less": without(7),
    "a page less": without(4, 9),
    "heading": heading_at_the_end,
    "long table": long_table,
    "no pictures": without_pictures,
}


@pytest.fixture(scope="module")
def printer():
    return Printer()


@pytest.fixture(scope="module")
def framed(printer):
    """The cover and the feet that any part can be joined with."""
    known = {}

    def made(document):
        if not known:
            known["both"] = [
                lay_out(part, printer, OPTIONS) for part in (document.cover, document.feet)
            ]
        return known["both"]

    return made


@pytest.mark.parametrize("name", ["team"])
def test_edited_pages_are_those_of_a_whole_layout(name, order, printer, framed, tmp_path):
    document = cut(render_html(order(sections=[name])))
    cover, feet = framed(document)
    first = chapter(order, name)
    blocks = Blocks.of(first.html)
    whole = lay_out(first, printer, OPTIONS)
    assert whole.facts["in_blocks"] and whole.pages > 6
    saved = 0
    for kind, edit in EDITS.items():
        part = Part(first.name, blocks.before + "".join(edit(blocks.blocks)) + blocks.after)
        assert part != first, kind
        cache = LayoutCache(tmp_path / kind)
        expected = lay_out(part, printer, OPTIONS)
        # There and back again.
        for before, html_now, right in ((whole, part, expected), (expected, first, whole)):
            other = first if html_now is part else part
            last = KeptPart(cache, other, [kind])
            last.resumes()
            last.put(before)
            kept = KeptPart(cache, html_now, [kind])
            cache.folder.joinpath(kept.key).unlink(missing_ok=True)
            laid_out = lay_out(html_now, printer, OPTIONS, (), kept.resumes())
            pieces = kept.put(laid_out)
            saved += right.pages - laid_out.pages
            made = [Start(*start) for start in right.facts["starts"]]
            assert kept.read(kept.key).starts == made, kind
            one, apart = tmp_path / "one.pdf", tmp_path / "apart.pdf"
            joining.join([cover, right], feet, one)
            joining.join([cover, *pieces], feet, apart)
            assert differing(one, apart) == [], kind
            with joining.Pdf.open(one) as left, joining.Pdf.open(apart) as composed:
                assert meant(left) == meant(composed), kind
    assert saved > 2 * len(EDITS)


# --- Of whole exports -----------------------------------------------------------------------------
def with_text(made, kind, field, text):
    """The order of a plan in whose team one answer is another."""
    document = copy.deepcopy(made["document"])
    document["sections"]["team"][kind][-1][field] = text
    return made | {"document": document}


def test_edits_of_edits_and_back_are_the_pages_of_one_piece(order, printer, pool, tmp_path):
    tools = ChapterPrinter(pool, LayoutCache(tmp_path / "layouts"))
    made = order("zh-hans", sections=["team"], paper="letter")
    one = with_text(made, "training", "proof", "另外一句话，一样短。")
    both = with_text(one, "role", "purpose", "这里写得长一些，说明她负责哪些事情。" * 12)
    apart, whole = tmp_path / "apart.pdf", tmp_path / "whole.pdf"

    def laid_out(asked):
        pdf.produce(asked, apart, tools, lambda stage, percent: None)
        return tools.laid_out.get("chapter-team", 0)

    counts = [laid_out(asked) for asked in (made, one, made, made | {"accent": "#7a1f1f"}, both)]
    assert counts == [7, 2, 0, 7, 5]
    printer.write_pdf(render_html(both), whole, identifier="", on_page=lambda page: None)
    assert differing(whole, apart) == []
    for path in tools.cache.folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert laid_out(both) == 7
    assert differing(whole, apart) == []
