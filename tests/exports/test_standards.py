"""The PDF files hold to PDF/UA-1 and PDF/A-3a: by independent checkers, and by what they contain.

A checker's rule is let pass only here, each with the reason.
"""

import shutil
import subprocess
from collections import Counter

import outloud
import pikepdf
import pytest
from pdfua import Severity, validate

from apps.exports import onepage, pdf
from apps.exports.render import render_html

SECTIONS = ["branding", "risks"]  # lists, tables, pictures, landscape, colours
# outloud takes eight words, four of them small, for a text of the page; a running head with the
# plan's title and the chapter's is such a line, and has to be an artifact (ISO 14289-1, 7.8). So is
# the foot that names the version and its hash.
ALLOWED = {"TAG-002"}
FILES = [
    # language, edition, standard, in parts
    ("en", "investor", "access", True),
    ("zh-hans", "full", "archive", True),
    ("zh-hans", "investor", "access", False),
    ("en", "full", "archive", False),
    ("en", "one_page", "access", False),
    ("zh-hans", "one_page", "archive", False),
]


@pytest.fixture(scope="module")
def files():
    """Each made once."""
    return {}


@pytest.fixture(params=FILES, ids=lambda made: "-".join(map(str, made)))
def made(request, files, order, tools, tmp_path_factory):
    language, edition, standard, in_parts = request.param
    if request.param not in files:
        target = tmp_path_factory.mktemp("standards") / "plan.pdf"
        changes = {} if edition == "one_page" else {"sections": SECTIONS}
        asked = order(language, edition=edition, standard=standard, **changes)
        asked["attached"] = standard == "archive" and edition != "one_page"
        if edition == "one_page":
            onepage.produce(asked, target, tools, quiet)
        elif in_parts:
            pdf.from_parts(render_html(asked), asked, target, tools, quiet)
        else:
            pdf.in_one_piece(render_html(asked), asked, target, tools, quiet)
        files[request.param] = (asked, target)
    return files[request.param]


def quiet(stage, percent):
    return None


def test_two_checkers_find_no_error(made):
    _order, path = made
    result = outloud.check(str(path))
    assert result.error is None
    found = [one for one in result.findings if one.severity == "error" and one.rule not in ALLOWED]
    assert [(one.rule, one.message) for one in found] == []
    running = (made[0]["document"]["plan"]["title"], "Version 7")
    for one in result.findings:
        if one.rule == "TAG-002":
            assert one.evidence.startswith(running) or made[0]["hash"] in one.evidence
    report = validate(str(path))
    assert [one.message for one in report.findings if one.severity >= Severity.WARNING] == []


def test_the_file_declares_what_it_is(made):
    order, path = made
    with pikepdf.open(path) as opened:
        data = opened.open_metadata()
        assert data["pdfuaid:part"] == "1"
        assert (
            data["dc:title"] == str(opened.docinfo["/Title"]) == order["document"]["plan"]["title"]
        )
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert len(opened.trailer.ID) == 2
        if order["standard"] == "archive":
            assert (data["pdfaid:part"], data["pdfaid:conformance"]) == ("3", "A")
            [intent] = opened.Root.OutputIntents
            assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3


def test_the_plan_inside_is_named_once_with_its_relation(made):
    order, path = made
    with pikepdf.open(path) as opened:
        files = list(opened.Root.get("/AF", []))
        assert len(files) == len(opened.attachments) == bool(order["attached"])
        for file in files:
            assert file.AFRelationship == "/Source"
            assert file.EF.F.Subtype == "/application/json"


def test_lists_tables_and_links_say_what_they_are(made):
    _order, path = made
    with pikepdf.open(path) as opened:
        kinds = Counter()
        for item in opened.objects:
            if not isinstance(item, pikepdf.Dictionary):
                continue
            if item.get("/S") == "/TH":
                assert item.A.Scope in ("/Column", "/Row")
            if item.get("/Subtype") == "/Link":
                assert int(item.F) & 4
            kinds[str(item.get("/S"))] += 1
        assert kinds["/TH"] > 2
        if len(opened.pages) > 1:
            assert kinds["/Lbl"] > 10


def test_running_heads_are_not_read(made):
    _order, path = made
    with pikepdf.open(path) as opened:
        for page in list(opened.pages)[2:]:
            kinds = [
                str(operands[1].get("/Type", ""))
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
            ]
            assert "/Pagination" in kinds


def test_the_tools_of_others_read_it(made):
    order, path = made
    for tool in ("qpdf", "pdffonts", "pdftotext"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0
    listed = run("pdffonts", path).splitlines()[2:]
    assert listed
    for line in listed:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line
    text = "".join(run("pdftotext", path, "-").split())
    assert "".join(order["document"]["plan"]["title"].split()) in text


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "may be invalid" not in result.stderr
    return result.stdout
