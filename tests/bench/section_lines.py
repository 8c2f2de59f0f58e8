"""What a section costs in lines: ``.venv/bin/python -m tests.bench.section_lines``.

Code is Python without migrations, blank lines, comments and docstrings.
"""

import ast
import io
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def code_lines(source: str) -> int:
    """Lines that hold code."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    skipped = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
        tokenize.ENDMARKER,
    }  # fmt: skip
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in skipped:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - docstrings)


def total(paths: list[Path]) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def main() -> None:
    print(f"{'section':12}{'section.py':>12}{'code':>8}{'templates':>12}{'samples':>10}")
    for declared in sorted((ROOT / "apps").glob("*/section.py")):
        app = declared.parent
        python = [path for path in app.rglob("*.py") if "migrations" not in path.parts]
        code = sum(code_lines(path.read_text(encoding="utf-8")) for path in python)
        own = code_lines(declared.read_text(encoding="utf-8"))
        pages = total(list((ROOT / "templates" / app.name).glob("*.html")))
        samples = total(list((app / "samples").glob("*.json")))
        print(f"{app.name:12}{own:12}{code:8}{pages:12}{samples:10}")


if __name__ == "__main__":
    main()
