"""What is kept of laid-out plans: private, bounded, and gone after a time."""

import os
import stat
import time

import pytest

from apps.exports import layout_cache
from apps.exports.layout_cache import LayoutCache, key_of


@pytest.fixture
def cache(tmp_path):
    return LayoutCache(tmp_path / "layouts")


def test_it_gives_back_what_it_got(cache):
    assert cache.get("ab") is None
    cache.put("ab", b"first")
    cache.put("ab", b"second")
    assert cache.get("ab") == b"second"
    assert os.listdir(cache.folder) == ["ab"]


def test_nobody_else_may_read_it(cache):
    cache.put("ab", b"a plan's text")
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((cache.folder / "ab").stat().st_mode) == 0o600


def test_a_key_tells_what_it_is_made_of():
    keys = {key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("ab", "c", "")}
    assert len(keys) == 4
    assert key_of("é") == key_of("é".encode())


def test_the_longest_unused_go_first(cache, monkeypatch):
    monkeypatch.setattr(layout_cache, "SIZE_LIMIT", 2 * (layout_cache.SEAL + 10))
    now = time.time()
    for age, key in enumerate(("new", "middle", "old")):
        cache.put(key, b"0123456789")
        os.utime(cache.folder / key, (now - age * 60, now - age * 60))
    assert cache.get("old")  # used now
    cache.sweep()
    assert sorted(os.listdir(cache.folder)) == ["new", "old"]


def test_what_was_not_used_for_a_month_goes(cache):
    cache.put("ab", b"a deleted plan")
    cache.put("cd", b"a plan")
    long_ago = time.time() - (layout_cache.DAYS + 1) * 86_400
    os.utime(cache.folder / "ab", (long_ago, long_ago))
    cache.sweep()
    assert os.listdir(cache.folder) == ["cd"]


def test_writing_sweeps_now_and_then(cache, monkeypatch):
    monkeypatch.setattr(layout_cache, "SWEEP_EVERY", 3)
    monkeypatch.setattr(layout_cache, "SIZE_LIMIT", layout_cache.SEAL + 10)
    for number in range(3):
        cache.put(f"{number}", b"0123456789")
    assert len(os.listdir(cache.folder)) == 1


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = LayoutCache(tmp_path / "file" / "layouts")
    cache.put("ab", b"x")
    assert cache.get("ab") is None
    cache.sweep()


DAMAGES = {
    "empty": lambda stored: b"",
    "cut off": lambda stored: stored[:-1],
    "another letter": lambda stored: stored[:-1] + b"T",
    "as older versions wrote it": lambda stored: stored[layout_cache.SEAL :],
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_file_is_none(cache, kind):
    cache.put("ab", b"a plan's text")
    path = cache.folder / "ab"
    path.write_bytes(DAMAGES[kind](path.read_bytes()))
    assert cache.get("ab") is None
    cache.put("ab", b"a plan's text")
    assert cache.get("ab") == b"a plan's text"
