"""How much memory a process and its children hold together. Used by the renderer and by the worker
that watches it. Without Linux's /proc nothing is known: 0.
"""

from pathlib import Path


def family(pid: int) -> list[int]:
    """The process and all below it; those that end meanwhile are left out."""
    found = [pid]
    for parent in found:
        for thread in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, read(thread).split())
    return found


def memory_of(pids: list[int]) -> int:
    """Bytes; what they share counts once."""
    return sum(map(proportional, pids))


def proportional(pid: int) -> int:
    for line in read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
