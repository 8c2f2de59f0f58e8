"""What tells one mark from another: tones, patterns, dashes and markers.

For the modules of this package. Colour never stands alone: series also differ by pattern, dash
or marker, levels also by hatching, so that a black-and-white print says the same.
"""

# Colour by tone, on white paper. charts.css names the same tones for light and dark.
TONES = {
    "ink": "#1b2430",
    "muted": "#56606e",
    "axis": "#8a94a3",
    "grid": "#d8dde4",
    "paper": "#ffffff",
    "none": "none",
    "1": "#1f4e8c",
    "2": "#c8701a",
    "3": "#2a8578",
    "4": "#a23b72",
    "5": "#6f6bb8",
    "6": "#727b87",
    "tint-1": "#e1eaf6",
    "tint-2": "#fbe9d6",
    "tint-3": "#dbefec",
    "tint-4": "#f5dfea",
    "tint-5": "#e8e7f5",
    "tint-6": "#eef0f3",
    "heat-1": "#e4edf8",
    "heat-2": "#bfd4ed",
    "heat-3": "#93b6e0",
    "heat-4": "#6698d1",
    "level-1": "#e3f1e6",
    "level-2": "#fcf1c8",
    "level-3": "#f9d9b8",
    "level-4": "#f0b6ae",
    "edge-1": "#4c8a5b",
    "edge-2": "#a98600",
    "edge-3": "#b5651d",
    "edge-4": "#9c2a1f",
}

# A fill that differs without colour: name → base tone, tone of the lines, tile size, lines.
_STRIPES = "M-1,1L1,-1M0,8L8,0M7,9L9,7"
PATTERNS = {
    "pattern-2": ("2", "paper", 8, 1.6, _STRIPES),
    "pattern-3": ("3", "paper", 6, 2.4, "M1.8,3H4.2"),
    "pattern-4": ("4", "paper", 5, 1.4, "M2.5,0V5"),
    "pattern-5": ("5", "paper", 8, 1.6, "M-1,7L1,9M0,0L8,8M7,-1L9,1"),
    "pattern-6": ("6", "paper", 7, 1.2, "M3.5,0V7M0,3.5H7"),
    "pattern-level-2": ("level-2", "edge-2", 8, 1.2, "M3.4,4H4.6"),
    "pattern-level-3": ("level-3", "edge-3", 8, 0.6, _STRIPES),
    "pattern-level-4": ("level-4", "edge-4", 9, 0.6, "M0,0L9,9M0,9L9,0"),
}
SERIES = 6  # tones, patterns, dashes and markers repeat after these
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 4")
MARKERS = ("dot", "square", "triangle", "diamond", "ring", "cross")


def series_fill(index: int) -> str:
    """The fill of series `index` (from 0): the first plain, the others hatched."""
    number = index % SERIES + 1
    return "1" if number == 1 else f"pattern-{number}"


def level_fill(level: int) -> str:
    """The fill of level 1 (mildest) to 4; only the mildest is plain."""
    return "level-1" if level <= 1 else f"pattern-level-{min(level, 4)}"
