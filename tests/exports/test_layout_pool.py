"""Two processes that may die in any way, and the next document is laid out."""

import os
import signal
import threading
import time

import pytest

from apps.exports.layout_pool import LayoutDied, LayoutFailed, LayoutPool
from apps.exports.parts import Part
from apps.exports.render import options_of

OPTIONS = options_of("access")


@pytest.fixture(scope="module")
def pool():
    made = LayoutPool()
    yield made
    made.close()


def page(name, text="text"):
    return Part(name, f"<html lang=en><title>{name}</title><p>{text}")


def test_each_part_comes_back_with_its_own_fragment(pool):
    parts = [page(f"p{number}", "word " * 700 * number) for number in range(1, 6)]
    done = dict(pool.lay_out(parts, OPTIONS))
    lengths = [done[part].pages for part in parts]
    assert lengths == sorted(lengths) and lengths[0] < lengths[-1]
    assert all(done[part].pdf.startswith(b"%PDF") for part in parts)


def test_a_process_that_dies_ends_this_job_alone(pool):
    before, doomed = pool.pids(), [process for process, _pipe in pool.workers]
    endless = page("endless", "<table>" * 40 + "<tr><td>x" * 20_000)

    def shoot():
        time.sleep(0.5)
        for pid in before:
            os.kill(pid, signal.SIGKILL)

    shooting = threading.Thread(target=shoot)
    shooting.start()
    with pytest.raises(LayoutDied, match="endless"):
        list(pool.lay_out([endless], OPTIONS))
    shooting.join()
    for process in doomed:  # a killed process is alive until the system has taken it down
        process.join(30)
    assert len(list(pool.lay_out([page("a"), page("b")], OPTIONS))) == 2
    assert not set(before) & set(pool.pids())


def test_what_a_layout_raises_is_told_in_words(pool):
    with pytest.raises(LayoutFailed, match="RecursionError"):
        list(pool.lay_out([page("deep", "<div>" * 3000)], OPTIONS))
    assert len(list(pool.lay_out([page("a")], OPTIONS))) == 1


def test_who_loses_interest_leaves_no_answer_behind(pool):
    slow = [page(name, "word " * 20_000) for name in "ab"]
    answers = pool.lay_out([page("quick"), *slow], OPTIONS)
    next(answers)
    answers.close()
    [(part, fragment)] = pool.lay_out([page("next")], OPTIONS)
    assert part.name == "next" and fragment.pages == 1


def test_they_end_with_the_pool():
    pool = LayoutPool(1)
    [pid] = pool.pids()
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
