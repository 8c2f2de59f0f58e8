"""Plans that were written to break the printer: printed as text, or refused with a sentence; the
renderer stays, and the next plan is printed. tests/bench/bench_hostile.py runs them in full size.
"""

import io
import json
import resource
import subprocess
import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import ImageFile

from apps.exports import limits
from apps.exports.formats import MAKERS
from apps.exports.limits import TooManyPages
from apps.exports.look import clean_logo
from apps.exports.memory import family, memory_of
from apps.exports.models import Failure
from apps.exports.render import render_html
from apps.exports.renderer import Renderer, RenderError
from apps.plans.document import DocumentError
from apps.transfer.checking import check
from apps.transfer.reading import read_json
from tests.bench.process_tree import tree
from tests.exports.hostile import ALLOWED, LOGOS, REFUSED, hostile

LARGE = {"10,000 lines", "a paragraph of 1 MB", "20,000 lines", "2,000 rows", "10,000 rows"}
SMALL = {name: change for name, change in {**ALLOWED, **REFUSED}.items() if name not in LARGE}


def ignore(stage, percent):
    pass


def read(path):
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", SMALL)
def test_whatever_the_text_is_it_is_printed_as_text(renderer, order, tmp_path, name):
    seen = []
    target = tmp_path / "a.pdf"
    plan = order(sections=["market"]) | {"document": hostile(SMALL[name])}
    child = renderer.start().pid
    facts = renderer.render(plan, target, lambda stage, percent: seen.append(percent))
    assert facts["pages"] > 5
    assert seen == sorted(seen)
    assert renderer.start().pid == child
    if name == "templates, scripts, styles":
        words = "".join(read(target).split())
        assert "{{7*7}}{%now'Y'%}" in words and "<script>alert(1)</script>" in words
        assert "font-size:1e9px" in words


def test_no_address_in_a_text_is_fetched(order, tools, tmp_path, monkeypatch):
    asked = []
    fetch = type(tools.fetcher).fetch
    monkeypatch.setattr(
        type(tools.fetcher),
        "fetch",
        lambda self, url, headers=None: (asked.append(url), fetch(self, url, headers))[1],
    )
    plan = order(sections=["market"]) | {"document": hostile(ALLOWED["addresses"])}
    tools.whole.write_pdf(
        render_html(plan), tmp_path / "a.pdf", identifier="", on_page=lambda page: None
    )
    assert asked and all(url.startswith("static:") for url in asked)
    assert b"root:" not in (tmp_path / "a.pdf").read_bytes()


# --- At the door ----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_much_is_refused_when_it_comes_in(name):
    try:
        said = [error.message for error in check(given(REFUSED[name])).errors]
    except DocumentError as error:
        said = [str(error)]
    assert said and all(said)


def given(change):
    return read_json(json.dumps(hostile(change)).encode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALLOWED.keys() - LARGE)
def test_the_others_may_be_written(name):
    assert check(given(ALLOWED[name])).errors == []


@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_is_refused_with_a_sentence_or_left_out(
    renderer, order, tmp_path, monkeypatch, name
):
    # WeasyPrint sets it for its whole process; uploads are read in one that does not import it.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    upload, kept = LOGOS[name]
    with pytest.raises(ValidationError) as caught:
        clean_logo(io.BytesIO(upload))
    assert all(caught.value.messages)
    facts = renderer.render(order(sections=[], logo=kept), tmp_path / "a.pdf", ignore)
    assert facts["pages"] == 2


# --- Limits ---------------------------------------------------------------------------------------
def test_a_document_of_too_many_pages_is_stopped(order, tools, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "PAGE_LIMIT", 3)
    plan = order(sections=["market"])
    with pytest.raises(TooManyPages):
        MAKERS["pdf"].produce(plan, tmp_path / "a.pdf", tools, ignore)
    with pytest.raises(TooManyPages):
        tools.whole.write_pdf(
            render_html(plan), tmp_path / "a.pdf", identifier="", on_page=lambda page: None
        )


def refused(renderer, plan, target, **limits_of_it):
    """Why the plan was refused. None of the processes that worked on it is left."""
    below = tree(renderer.start().pid)
    with pytest.raises(RenderError) as caught:
        renderer.render(plan, target, ignore, **limits_of_it)
    deadline = time.monotonic() + 5
    while any(map(is_running, below)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, below))
    return caught.value.failure


def is_running(pid):
    """A process whose parent ended is nobody's child any more, but runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def prints(renderer, order, folder):
    return renderer.render(order(sections=[]), folder / "next.pdf", ignore)["pages"] == 2


def test_a_plan_that_takes_too_long_fails_alone(renderer, order, tmp_path):
    plan = order(sections=["market"]) | {"document": hostile(ALLOWED["10,000 lines"])}
    prints(renderer, order, tmp_path)
    assert refused(renderer, plan, tmp_path / "a.pdf", time_limit=2) == Failure.TIMEOUT
    assert prints(renderer, order, tmp_path)


def test_a_plan_that_takes_too_much_memory_fails_alone(order, tmp_path):
    renderer = Renderer()
    try:
        prints(renderer, order, tmp_path)
        for pid in tree(renderer.start().pid):
            room = address_space(pid) + 4_000_000
            resource.prlimit(pid, resource.RLIMIT_AS, (room, room))
        plan = order(sections=["market"]) | {"document": hostile(ALLOWED["10,000 lines"])}
        assert refused(renderer, plan, tmp_path / "a.pdf") in {Failure.MEMORY, Failure.CRASH}
        assert prints(renderer, order, tmp_path)
    finally:
        renderer.kill()


def test_the_processes_of_a_plan_have_a_memory_limit_together(renderer, order, tmp_path):
    prints(renderer, order, tmp_path)
    plan = order(sections=["market"]) | {"document": hostile(ALLOWED["10,000 lines"])}
    held = memory_of(family(renderer.start().pid))
    assert refused(renderer, plan, tmp_path / "a.pdf", memory_limit=held + 40_000_000) == "memory"
    assert "Shorten" in Failure.MEMORY.label
    assert prints(renderer, order, tmp_path)


def address_space(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
