"""A product of its own for a benchmark that prints: data in a folder that goes, fonts, Django.

Nothing of Django may be imported before.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def product(*, database: bool = True) -> Iterator[Path]:
    """Its data folder; with an empty ``database`` where one is needed."""
    with tempfile.TemporaryDirectory(prefix="ventureplan-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        os.environ.setdefault("FONTS_DIR", str(ROOT / "var" / "fonts"))
        os.environ.pop("DATABASE_URL", None)
        from apps.core.ops import fonts

        fonts.activate()
        import django

        django.setup()
        if database:
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
        yield Path(folder)
