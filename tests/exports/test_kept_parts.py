"""Parts in the layout cache, whole and as pieces: what is kept is found again as it was."""

import pytest

from apps.exports.cuts import Start
from apps.exports.fragments import Fragment
from apps.exports.kept_parts import KeptPart
from apps.exports.layout_cache import LayoutCache
from apps.exports.parts import Part

BLOCKS = 20  # two on each page


@pytest.fixture
def cache(tmp_path):
    return LayoutCache(tmp_path)


def part(**changes):
    blocks = "".join(f"<p>{changes.get(f'b{number}', number)}</p>" for number in range(BLOCKS))
    return Part("team", f'<section class="chapter">{blocks}</section></body></html>')


def laid_out(text, first=0, met=None):
    """Pages that say what they are: those between ``first`` and ``met``."""
    end = BLOCKS // 2 if met is None else met
    starts = [Start(2 * page, "None", "any", True) for page in range(first, end)]
    facts = {"part": "team", "pages": [[1]] * len(starts), "starts": starts, "in_blocks": True}
    facts |= {"anchors": {}, "bookmarks": [], "references": [], "first": first, "met": met}
    return Fragment(text.encode(), facts)


def keep(cache, wanted, fragment):
    kept = KeptPart(cache, wanted, ["code"])
    kept.resumes()
    return says(kept.put(fragment))


def says(pieces):
    """Each page's text and its place in its own fragment."""
    return [(one.pdf, one.first + page) for one in pieces for page in range(one.pages)]


def test_pages_stay_those_they_were_when_another_layout_of_the_part_is_kept(cache):
    """The part comes back, is laid out in another way, and others are made of its first pages."""
    keep(cache, part(), laid_out("whole"))
    keep(cache, part(b7="x"), laid_out("edit", 2, 5))
    again = part(b7="x", b15="y")
    expected = keep(cache, again, laid_out("edit again", 6, 9))
    assert [text for text, _page in expected] == (
        [b"whole"] * 2 + [b"edit"] * 3 + [b"whole"] + [b"edit again"] * 3 + [b"whole"]
    )
    keep(cache, part(b7="x"), laid_out("all of the edited part"))
    assert says(KeptPart(cache, again, ["code"]).find()) == expected


def test_a_part_of_which_a_piece_is_damaged_is_laid_out_whole(cache):
    keep(cache, part(), laid_out("whole"))
    [pages] = [path for path in cache.folder.iterdir() if b"whole" in path.read_bytes()]
    pages.write_bytes(pages.read_bytes()[:-3])
    kept = KeptPart(cache, part(), ["code"])
    assert kept.find() is None
    edited = KeptPart(cache, part(b7="x"), ["code"])
    assert edited.resumes() == []
    assert len(says(edited.put(laid_out("anew")))) == BLOCKS // 2


def test_pages_of_another_code_are_not_found(cache):
    keep(cache, part(), laid_out("whole"))
    other = KeptPart(cache, part(), ["newer code"])
    assert other.find() is None and other.resumes() == []
