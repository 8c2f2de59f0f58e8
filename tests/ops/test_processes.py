"""Children end with their parent, and what a killed launcher left is found again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apps.core.ops import processes
from apps.core.ops.processes import Service

BASE_DIR = Path(__file__).resolve().parents[2]
PARENT = """
import signal, sys, time
from pathlib import Path
from apps.core.ops.processes import Service, remember
child = Service("child", [sys.executable, "-c", "import time; time.sleep(600)"], Path(sys.argv[1]))
child.start()
remember([child], Path(sys.argv[2]))
print(child.pid, flush=True)
time.sleep(600)
"""


def sleeper(tmp_path, code: str = "import time; time.sleep(600)") -> Service:
    service = Service("sleeper", [sys.executable, "-c", code], tmp_path / "sleeper.log")
    service.start()
    return service


def until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 10 s"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_stop_asks_first(tmp_path) -> None:
    service = sleeper(tmp_path)
    service.stop()
    assert service.process.returncode == -signal.SIGTERM


def test_stop_insists_when_asking_does_not_help(tmp_path) -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"
    service = sleeper(tmp_path, code + "; time.sleep(600)")
    until(lambda: service.last_lines() == "1")
    service.stop(patience=0.2)
    assert service.process.returncode == -signal.SIGKILL


def test_what_a_dead_leader_left_is_ended_too(tmp_path) -> None:
    code = "import subprocess; print(subprocess.Popen(['sleep', '600']).pid, flush=True)"
    service = sleeper(tmp_path, code)
    until(lambda: not service.running)
    grandchild = int(service.last_lines())
    assert alive(grandchild)
    service.kill()
    until(lambda: not alive(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a death")
def test_kill_9_of_the_parent_ends_the_child(tmp_path) -> None:
    command = [sys.executable, "-c", PARENT, tmp_path / "log", tmp_path / "pids"]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=BASE_DIR)
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: not alive(child))


def test_leftovers_are_ended_and_forgotten(tmp_path) -> None:
    service, file = sleeper(tmp_path), tmp_path / "pids.json"
    processes.remember([service], file)
    processes.end_leftovers(file)
    assert service.process.wait(10) == -signal.SIGKILL
    assert not file.exists()


def test_another_process_with_the_same_number_is_left_alone(tmp_path) -> None:
    service, file = sleeper(tmp_path), tmp_path / "pids.json"
    file.write_text(json.dumps({service.pid: "12345"}))
    processes.end_leftovers(file)
    time.sleep(0.1)
    assert service.running
    service.kill()


@pytest.mark.parametrize("content", ["", "no json", None])
def test_a_broken_list_of_leftovers_is_no_obstacle(tmp_path, content) -> None:
    if content is not None:
        (tmp_path / "pids.json").write_text(content)
    processes.end_leftovers(tmp_path / "pids.json")


def test_birth_tells_processes_apart() -> None:
    assert processes.birth_of(os.getpid())
    assert processes.birth_of(2**22 + 1) == ""
