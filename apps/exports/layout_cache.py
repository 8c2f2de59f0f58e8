"""Laid-out parts of plans and whole files, kept in the data folder under a hash of all that made
them: an unchanged chapter is not laid out again. Used by chapters.py; tasks.py sweeps it.

What is kept is text of plans, so nobody but the owner of the process may read it, and it goes away:
30 days after it was last used, whether its plan still exists or not, and earlier when the folder
is full. Several processes may share the folder: a file appears whole or not at all; and one that a
broken disk changed since is none.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

SIZE_LIMIT = 200_000_000  # bytes
DAYS = 30
SWEEP_EVERY = 50  # writes
SEAL = 32  # bytes before the content, which tell whether it is still what was written


def key_of(*made_of: bytes | str) -> str:
    digest = hashlib.sha256()
    for piece in made_of:
        content = piece.encode() if isinstance(piece, str) else piece
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def seal_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


class LayoutCache:
    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.DATA_DIR) / "layouts"
        self.writes = 0

    def get(self, key: str) -> bytes | None:
        path = self.folder / key
        try:
            stored = path.read_bytes()
            os.utime(path)  # used: it stays
        except OSError:
            return None
        seal, content = stored[:SEAL], stored[SEAL:]
        return content if seal == seal_of(content) else None

    def put(self, key: str, content: bytes) -> None:
        """A full or read-only disk costs the next export time, never this one its file."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", dir=self.folder)  # 0600
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(seal_of(content) + content)
                os.replace(name, self.folder / key)
            except BaseException:
                os.unlink(name)
                raise
            self.writes += 1
            if self.writes % SWEEP_EVERY == 0:
                self.sweep()

    def sweep(self) -> None:
        """Delete what was not used for long, and the longest unused while there is too much."""
        oldest = time.time() - DAYS * 86_400
        size = 0
        for path, used, bytes_ in sorted(self._files(), key=lambda file: file[1], reverse=True):
            size += bytes_
            if used < oldest or size > SIZE_LIMIT:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterable[tuple[Path, float, int]]:
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                yield path, facts.st_mtime, facts.st_size
