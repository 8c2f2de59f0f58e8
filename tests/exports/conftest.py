"""Exports without a broker; fonts from the checkout's own folder, made once."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.core.ops import fonts
from apps.exports import services
from apps.exports.models import Export
from apps.exports.renderer import Renderer
from apps.plans import samples
from apps.plans.document import content_hash
from apps.plans.models import Plan
from apps.plans.sections import registry

# Nothing above imports WeasyPrint: it must find our fonts when it does.
os.environ.setdefault("FONTS_DIR", str(Path(settings.BASE_DIR) / "var" / "fonts"))
fonts.activate()


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the exports that a worker would have been told about."""
    ids: list[int] = []
    monkeypatch.setattr(services, "wake", ids.append)
    return ids


@pytest.fixture
def export(plan: Plan, owner: Any, woken: list[int]) -> Export:
    """A queued export of the blank plan."""
    return services.request_export(plan=plan, by=owner, language="en")


@pytest.fixture
def finished(export: Export) -> Export:
    return finish(export)


def finish(export: Export, **facts: Any) -> Export:
    """Claim the export and store a file for it, as a worker does."""
    claimed = services.claim(export.pk)
    name = default_storage.save(claimed.file_name(claimed.attempt), ContentFile(b"%PDF-1.7 test"))
    facts = {"bytes": 13, "pages": 3, "sha256": "0" * 64, "missing_glyphs": "", **facts}
    assert services.finish(claimed, file=name, **facts)
    export.refresh_from_db()
    return export


def make_order(document: dict[str, Any], language: str = "en", **changes: Any) -> dict[str, Any]:
    return {
        "document": document,
        "format": "pdf",
        "edition": "full",
        "paper": "a4",
        "standard": "access",
        "attached": False,
        "sections": [section.name for section in registry],
        "counted": [section.name for section in registry],
        "language": language,
        "number": 7,
        "hash": "ab12" * 16,
        "taken_at": "2026-11-24T08:00:00+00:00",
        "illustrative": True,
        "expected_pages": 0,
        **changes,
    }


@pytest.fixture(scope="session")
def pool() -> Iterator[Any]:
    """The processes that lay out parts. Others' tests may use WeasyPrint before they are forked;
    the renderer process never does."""
    from apps.exports.layout_pool import LayoutPool

    made = LayoutPool()
    yield made
    made.close()


@pytest.fixture(scope="session")
def tools(pool: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the renderer process keeps between jobs."""
    from apps.exports.chapters import ChapterPrinter
    from apps.exports.layout_cache import LayoutCache

    return ChapterPrinter(pool, LayoutCache(tmp_path_factory.mktemp("layouts")))


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """The worker's side of rendering, with a child of its own."""
    made = Renderer()
    yield made
    made.kill()


@pytest.fixture
def order() -> Callable[..., dict[str, Any]]:
    """order("zh-hans", sections=["team"]): what the renderer gets for the sample plan."""

    def made(language: str = "en", **changes: Any) -> dict[str, Any]:
        document = samples.document("customer_service", language)
        return make_order(document, language, **{"hash": content_hash(document), **changes})

    return made
