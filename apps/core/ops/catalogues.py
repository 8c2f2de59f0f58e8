"""Compile the message catalogues (.po → .mo) without the gettext tools.

Called before each start and by the ``compile_catalogues`` command; compiled files are not
committed.
"""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[3]


def compile_all(base: Path = BASE_DIR) -> list[Path]:
    """Compile every catalogue that changed since it was last compiled; return those."""
    return [path for path in sorted(base.glob("apps/*/locale/*/LC_MESSAGES/*.po")) if build(path)]


def build(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    # A compiled file carries its source's time: a copy or checkout with older times counts too.
    changed = path.stat().st_mtime_ns
    if compiled.exists() and compiled.stat().st_mtime_ns == changed:
        return False
    import polib

    catalogue = polib.pofile(str(path))
    scratch = compiled.with_suffix(f".{os.getpid()}")
    catalogue.save_as_mofile(str(scratch))
    os.utime(scratch, ns=(changed, changed))
    os.replace(scratch, compiled)
    return True
