"""The child process: it may die in any way, and the next export works."""

import json
import os
import signal
from pathlib import Path

import pytest

from apps.exports import pdf, renderer_process
from apps.exports import renderer as module
from apps.exports.models import Failure, Stage
from apps.exports.renderer import RenderError, moved_on


def ignore(stage, percent):
    pass


def test_a_warm_child_prints_one_after_the_other(renderer, order, tmp_path):
    seen = []
    for number in (1, 2):
        target = tmp_path / f"{number}.pdf"
        facts = renderer.render(order(sections=[]), target, lambda *at: seen.append(at))
        assert facts["pages"] == 2
        assert target.read_bytes().startswith(b"%PDF-1.7")
    pid = renderer.process.pid
    assert renderer.start().pid == pid
    percents = [percent for _stage, percent in seen]
    assert {"content", "layout", "writing"} <= {stage for stage, _percent in seen}
    assert max(percents) <= 97


def test_it_has_a_memory_limit(renderer):
    limits = Path(f"/proc/{renderer.start().pid}/limits")
    wanted = str(renderer_process.MEMORY_LIMIT)
    for _try in range(200):  # the child sets it first thing, but after we started it
        line = next(
            line for line in limits.read_text().splitlines() if line.startswith("Max address")
        )
        if wanted in line:
            return
        os.sched_yield()
        signal.sigtimedwait([], 0.05)
    pytest.fail(line)


def test_a_child_that_is_killed_is_a_crash_and_replaced(renderer, order, tmp_path):
    def shoot(stage, percent):
        renderer.process.send_signal(signal.SIGKILL)

    with pytest.raises(RenderError) as caught:
        renderer.render(order(sections=[]), tmp_path / "a.pdf", shoot)
    assert caught.value.failure == Failure.CRASH
    assert renderer.render(order(sections=[]), tmp_path / "b.pdf", ignore)["pages"] == 2


def test_a_child_that_takes_too_long_is_killed(renderer, order, tmp_path):
    child = renderer.start()
    with pytest.raises(RenderError) as caught:
        renderer.render(order(sections=[]), tmp_path / "a.pdf", ignore, time_limit=0)
    assert caught.value.failure == Failure.TIMEOUT
    assert child.poll() is not None


def test_losing_interest_kills_the_child(renderer, order, tmp_path):
    class Lost(Exception):
        pass

    def lose(stage, percent):
        raise Lost

    child = renderer.start()
    with pytest.raises(Lost):
        renderer.render(order(sections=[]), tmp_path / "a.pdf", lose)
    assert child.poll() is not None


@pytest.mark.parametrize("limit, value", [("MEMORY_TO_KEEP", 1), ("JOBS", 1)])
def test_a_worn_child_is_replaced_between_two_jobs(
    renderer, order, tmp_path, monkeypatch, limit, value
):
    """No job is ever handed to a child that is about to end: each is printed, each by another."""
    monkeypatch.setattr(module, limit, value)
    pids = []
    for number in range(3):
        pids.append(renderer.start().pid)
        facts = renderer.render(order(sections=[]), tmp_path / f"{number}.pdf", ignore)
        assert facts["pages"] == 2
    assert len(set(pids)) == 3
    assert renderer.process.poll() is None  # the next one warms up already


def test_a_child_stays_for_the_next_job_whatever_it_took(renderer, order, tmp_path):
    """It ends when its input does, never by itself."""
    facts = renderer.render(order(sections=[]), tmp_path / "a.pdf", ignore)
    assert 50_000_000 < facts["memory"] < renderer_process.MEMORY_LIMIT
    child = renderer.process
    child.stdin.close()
    assert child.wait(timeout=10) == 0
    assert renderer.start() is not child
    assert child.stdout.closed


def test_a_document_it_cannot_read_is_a_failure_in_words(renderer, order, tmp_path):
    broken = order() | {"document": {"format": "something else"}}
    with pytest.raises(RenderError) as caught:
        renderer.render(broken, tmp_path / "a.pdf", ignore)
    assert caught.value.failure == Failure.CONTENT
    assert "DocumentError" in caught.value.detail


def test_silence_moves_the_percentage_on_but_never_past_its_stage():
    at = (Stage.WRITING, 65)
    for _tick in range(100):
        at = moved_on({}, *at)
    assert at == (Stage.WRITING, 96)
    assert moved_on({}, Stage.LAYOUT, 64) == (Stage.LAYOUT, 64)
    assert moved_on({"stage": "layout", "percent": 30}, Stage.LAYOUT, 33) == ("layout", 33)
    assert moved_on({"stage": "writing", "percent": 65}, Stage.LAYOUT, 33) == ("writing", 65)


@pytest.mark.parametrize(
    "error, failure",
    [
        (MemoryError(), Failure.MEMORY),
        (RecursionError("deep"), Failure.CONTENT),
        (ZeroDivisionError(), Failure.CONTENT),
    ],
)
def test_what_a_layout_may_raise_is_answered(monkeypatch, tmp_path, error, failure):
    def explode(*args):
        raise error

    monkeypatch.setattr(pdf, "produce", explode)
    answers = []
    order = {"format": "pdf", "edition": "full"}
    renderer_process.serve(order, tmp_path / "a", None, lambda **a: answers.append(a))
    assert [answer["failure"] for answer in answers] == [failure]
    json.dumps(answers)
