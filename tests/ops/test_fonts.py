"""The fonts of the PDF: both weights are real, embedded as subsets, and complete for our text."""

import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from apps.core.ops import fonts

# A process of its own: fontconfig reads its configuration once.
PRINT = """
import logging, sys
from apps.core.ops import fonts
fonts.activate()
import weasyprint
logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
weasyprint.HTML(string=sys.argv[2]).write_pdf(sys.argv[1])
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTS_DIR", str(folder))
        fonts.ensure()
    return folder


def test_each_weight_has_its_own_name_and_outlines(made) -> None:
    outlines = []
    for style, weight in fonts.STYLES.items():
        with TTFont(fonts.font_path(made, style), lazy=True) as font:
            assert font["OS/2"].usWeightClass == weight
            assert font["name"].getDebugName(1) == fonts.FAMILY
            assert font["name"].getDebugName(2) == style
            assert "fvar" not in font
            glyph = font["glyf"][font.getBestCmap()[ord("创")]]
            outlines.append(list(glyph.getCoordinates(font["glyf"])[0]))
    assert outlines[0] != outlines[1]


def test_a_second_call_makes_nothing(made, monkeypatch) -> None:
    monkeypatch.setenv("FONTS_DIR", str(made))
    monkeypatch.setattr(fonts, "write", lambda path, content: pytest.fail(f"wrote {path}"))
    assert fonts.ensure() == made / "fonts.conf"


def test_a_moved_folder_gets_a_new_configuration(made, tmp_path, monkeypatch) -> None:
    moved = tmp_path / "moved & renamed"
    made_copy = subprocess.run(["cp", "-r", made, moved])
    assert made_copy.returncode == 0
    monkeypatch.setenv("FONTS_DIR", str(moved))
    text = fonts.ensure().read_text()
    assert "moved &amp; renamed" in text
    assert str(made) + "<" not in text


def test_without_the_package_an_installed_font_is_named(tmp_path, monkeypatch, caplog) -> None:
    monkeypatch.setenv("FONTS_DIR", str(tmp_path))
    monkeypatch.setattr(fonts, "SOURCE_PACKAGE", "no_such_package")
    monkeypatch.setattr(fonts, "installed_chinese_family", lambda: "Some Chinese Font")
    assert "<family>Some Chinese Font</family>" in fonts.ensure().read_text()
    assert "justmytype-intl-cjk is missing" in caplog.text


def test_a_pdf_embeds_both_weights_as_subsets(made, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FONTS_DIR", str(made))
    html = (
        '<html lang="zh-Hans"><style>*{font-family:"Noto Sans SC"}</style>'
        "<p>创业蓝图：市场、品牌、风险与团队 <b>粗体 bold</b> <code>¥ € ≥ × → ✓</code></p>"
    )
    target = tmp_path / "text.pdf"
    done = subprocess.run(
        [sys.executable, "-c", PRINT, target, html],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert ".notdef" not in done.stderr
    with pikepdf.open(target) as pdf:
        names = {
            str(font.DescendantFonts[0].FontDescriptor.FontName)
            for font in pdf.pages[0].Resources.Font.values()
            if "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        }
    subsets = {name.partition("+")[2] for name in names}
    assert subsets == {"Noto-Sans-SC", "Noto-Sans-SC-Bold"}
    assert target.stat().st_size < 60_000


def test_making_fonts_is_quick_enough_for_a_first_start(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FONTS_DIR", str(tmp_path))
    begin = time.monotonic()
    fonts.ensure()
    assert time.monotonic() - begin < 20
