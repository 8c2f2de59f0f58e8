"""Who may import whom: the table of ARCHITECTURE.md, enforced. Sections are found, not listed."""

import ast
from pathlib import Path

import pytest

APPS = Path(__file__).resolve().parent.parent / "apps"
ALL = {path.name for path in APPS.iterdir() if (path / "apps.py").exists()}
SECTIONS = {path.parent.name for path in APPS.glob("*/section.py")}
BASE = {
    "core": set(),
    "library": {"core"},
    "accounts": {"core"},
    "plans": {"accounts", "core"},
    "checks": {"plans", "core"},
    "notices": {"accounts", "plans", "core"},
    "versions": {"notices", "plans", "core"},
    "transfer": {"versions", "plans", "core"},
    "comments": {"versions", "notices", "plans", "core"},
    "reviews": {"comments", "versions", "notices", "plans", "core"},
    "exports": {"checks", "reviews", "comments", "versions", "plans", "core"},
    "sharing": {"exports", "comments", "versions", "notices", "plans", "core"},
}
ALLOWED = {**BASE, **{section: {"plans", "core"} for section in SECTIONS}}


def imported_apps(source: str) -> set[str]:
    """The apps of ours that a module imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("apps.") and "." in name}
    return found


def test_every_app_has_a_place_in_the_table() -> None:
    assert set(ALLOWED) == ALL


@pytest.mark.parametrize("app", sorted(ALL))
def test_an_app_imports_only_what_it_may(app: str) -> None:
    for path in (APPS / app).rglob("*.py"):
        allowed = ALLOWED[app] | {app}
        wrong = (imported_apps(path.read_text(encoding="utf-8")) & ALL) - allowed
        assert not wrong, f"{path.relative_to(APPS)} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("app", sorted(set(BASE)))
def test_the_core_and_the_features_name_no_section(app: str) -> None:
    for path in (APPS / app).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert not words & SECTIONS, path


def test_an_import_anywhere_is_seen() -> None:
    assert imported_apps("def f():\n    from apps.team import rules") == {"team"}
    assert imported_apps("import apps.team.rules as r") == {"team"}
    assert imported_apps("from apps import team") == {"team"}


def test_no_file_is_too_long_to_be_one_thing() -> None:
    long = {
        str(path.relative_to(APPS)): lines
        for path in APPS.rglob("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 320
    }
    assert not long
