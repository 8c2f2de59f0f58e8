"""How the cells of an XLSX file look. Used by xlsx.py alone."""

from typing import Any

from apps.plans.workbook import Style

INK, MUTED, LINE = "#1a1a1a", "#5c6370", "#9aa4b2"
INPUT_INK, INPUT_GROUND = "#0000c8", "#fffbe0"
HEAD_GROUND, TOTAL_GROUND = "#e8edf5", "#f4f6fa"
# Both are there on Windows and on macOS, with Chinese glyphs in the second.
FONTS = {"en": "Arial", "zh-hans": "Microsoft YaHei"}
MONTHS = {"en": "[$-409]mmm yyyy", "zh-hans": 'yyyy"年"m"月"'}
NUMBERS = {
    "money": "#,##0;-#,##0",
    "price": "#,##0.00##",
    "percent": "0.0#%",
    "factor": "0.0##",
    "number": "#,##0.0#;-#,##0.0#",
    "whole": "#,##0",
}
HEAD = {"bold": True, "bg_color": HEAD_GROUND, "bottom": 1, "bottom_color": LINE,
        "valign": "vcenter"}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "lead": {"font_color": MUTED},
    "heading": {"bold": True, "font_size": 11},
    "head": HEAD | {"align": "right", "text_wrap": True},
    "head_text": HEAD | {"text_wrap": True, "indent": 1},
    "head_label": HEAD,
    "head_month": HEAD | {"align": "right"},
    "note": {"font_color": MUTED, "font_size": 9, "align": "left", "indent": 1},
    "count": {"font_color": MUTED, "font_size": 9, "align": "right"},
    "words": {"font_color": MUTED, "font_size": 9, "align": "left", "text_wrap": True, "indent": 1,
              "valign": "top"},
    "month": {"align": "right"},
}  # fmt: skip


def font_of(language: str) -> str:
    return FONTS[language]


class Formats:
    """One XlsxWriter format for each style that occurs."""

    def __init__(self, file: Any, language: str) -> None:
        self.file, self.language = file, language
        self.made: dict[Style, Any] = {}

    def of(self, style: Style) -> Any:
        if style not in self.made:
            self.made[style] = self.file.add_format(self._look(style))
        return self.made[style]

    def _look(self, style: Style) -> dict[str, Any]:
        look: dict[str, Any] = {"font_name": font_of(self.language), "font_size": 10,
                                "font_color": INK, **LOOKS.get(style.form, {})}  # fmt: skip
        if style.form in ("month", "head_month"):
            look["num_format"] = MONTHS[self.language]
        elif style.form in NUMBERS:
            look["num_format"] = NUMBERS[style.form]
        if style.strong:
            look |= {"bold": True, "top": 1, "top_color": LINE, "bg_color": TOTAL_GROUND}
            if style.form == "money":
                look["num_format"] = "#,##0;[Red]-#,##0"
        if style.input:
            look |= {"font_color": INPUT_INK, "bg_color": INPUT_GROUND}
        return look
