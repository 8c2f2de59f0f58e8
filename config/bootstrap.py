"""From a bare Python to a ready .venv; run by ``manage.py up`` and ``manage.py verify``.

Only the standard library may be imported here, since nothing else is there yet. Each step leaves
a stamp (the hash of what it was made from), so that a second run costs nothing. At the end this
process becomes the Python of .venv, running the command that was asked for.
"""

import ctypes
import ctypes.util
import fcntl
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import venv
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "bootstrap.json"
UV_LOCK = "requirements-bootstrap.lock"
RUNTIME_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"  # holds the runtime as well

# What WeasyPrint loads. Without harfbuzz-subset every PDF takes seconds longer.
LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


class BootstrapError(Exception):
    """Its text is one sentence for the person at the terminal."""


def main(arguments: list[str]) -> None:
    command, *rest = arguments
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever python3 the machine has
        raise BootstrapError("VenturePlan needs Python 3.11 or newer; call it as python3.11.")
    wants_tests = command == "verify"
    check_data_folder()
    make_venv()
    with only_one_at_a_time():
        install_packages(DEV_LOCK if wants_tests else RUNTIME_LOCK)
    libraries_present = install_libraries()
    if not libraries_present and (wants_tests or "--check" in rest):
        raise BootstrapError(f"The {command} command needs these libraries.")
    # Fonts and message catalogues need packages, hence the new Python.
    if run([PYTHON, "-m", "apps.core.ops.prepare"]) != 0:
        raise BootstrapError("Fonts or message catalogues could not be made; see above.")
    become(["-m", "pytest", *rest] if wants_tests else ["manage.py", command, *rest])


def become(arguments: list[str]) -> None:
    """Replace this process, so that signals and exit codes need no passing on."""
    os.chdir(BASE_DIR)
    if arguments[0] == "manage.py":
        os.environ["BOOTED"] = "1"
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])


def say(text: str) -> None:
    print(text, flush=True)


def run(command: list[object], **environment: str) -> int:
    if not os.access(os.path.expanduser("~"), os.W_OK):  # an account without a home
        environment |= {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    return subprocess.run(
        [str(part) for part in command], cwd=BASE_DIR, env={**os.environ, **environment}
    ).returncode


def check_data_folder() -> None:
    folder = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BootstrapError(f"The data folder {folder}: {error.strerror}.") from error
    if not os.access(folder, os.W_OK):
        raise BootstrapError(
            f"The data folder {folder} cannot be written: set DATA_DIR to one that can."
        )


# --- .venv ---------------------------------------------------------------------------------------
def make_venv() -> None:
    if PYTHON.exists() and run([PYTHON, "-c", ""]) == 0:
        return
    say("Making .venv …")
    try:
        venv.EnvBuilder(with_pip=True, clear=VENV.exists(), symlinks=True).create(VENV)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        package = f"python3.{sys.version_info.minor}-venv"
        if not apt_install([package]):
            raise BootstrapError(
                f"Python's venv module is missing. Install it with: {apt_line([package])}"
            ) from None
        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    except OSError as error:
        raise BootstrapError(f"{VENV} cannot be written: {error.strerror}.") from error


class only_one_at_a_time:
    """Two terminals that start at once must not install into one .venv together."""

    def __enter__(self) -> None:
        # A .venv made by another account can be read, not locked; nothing is installed then.
        if os.access(VENV, os.W_OK):
            self.file = open(VENV / "bootstrap.lock", "w")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "file"):
            self.file.close()


# --- Packages ------------------------------------------------------------------------------------
def fingerprint(name: str) -> str:
    content = (BASE_DIR / name).read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def read_stamps() -> dict[str, str]:
    try:
        return json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}


def install_packages(lock: str) -> None:
    if read_stamps().get(lock) == fingerprint(lock):
        return
    say(f"Installing the packages of {lock} …")
    if not (install_with_uv(lock) or install_with_pip(lock)):
        raise BootstrapError(
            "The packages could not be installed; see above. Is the package index reachable?"
        )
    installed = [RUNTIME_LOCK, lock]
    STAMPS.write_text(json.dumps({name: fingerprint(name) for name in installed}))


def install_with_pip(lock: str) -> bool:
    return run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock]) == 0


def install_with_uv(lock: str) -> bool:
    """uv is several times quicker than pip; where it cannot be had, pip does the same work."""
    if not install_with_pip(UV_LOCK):
        return False
    command = [PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON]
    return run([*command, "--require-hashes", "-r", lock], **uv_environment()) == 0


def uv_environment() -> dict[str, str]:
    """uv does not read pip's settings: hand over the index and the certificates."""
    environment = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    if index := os.environ.get("PIP_INDEX_URL"):
        environment["UV_DEFAULT_INDEX"] = index
    if certificates := os.environ.get("PIP_CERT"):
        environment["SSL_CERT_FILE"] = certificates
    return environment


# --- System libraries ----------------------------------------------------------------------------
def is_loadable(library: str) -> bool:
    # The second name is for systems whose libraries end otherwise, macOS for one.
    short = library.removeprefix("lib").split(".so")[0]
    for name in (library, ctypes.util.find_library(short) if sys.platform != "linux" else None):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


def install_libraries() -> bool:
    """Whether PDF can be printed. Without it everything else works, so it is only said."""
    missing = [package for library, package in LIBRARIES.items() if not is_loadable(library)]
    if not missing:
        return True
    if apt_install(missing):
        return True
    line = apt_line(missing) if sys.platform == "linux" else "brew install pango"
    say(f"PDF export needs system libraries that are missing. Install them with: {line}")
    return False


def apt_line(packages: list[str]) -> str:
    return shlex.join(["sudo", "apt-get", "install", "-y", *packages])


def apt_install(packages: list[str]) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing system libraries: {' '.join(packages)} …")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    with open(os.devnull, "w") as quiet:
        for command in (install, [*apt, "update"], install):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            done = subprocess.run(command, stdout=quiet, stderr=quiet, env=environment)
            if command is install and done.returncode == 0:
                return True
    return False


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BootstrapError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
