"""The fonts of the PDF: Noto Sans SC in Regular and Bold, the same on every machine.

The package justmytype-intl-cjk brings the variable font. WeasyPrint is slow with variable fonts,
so two static instances are cut from it once and described by a fontconfig file of our own. Any
process that prints calls ``activate()`` before it imports WeasyPrint.
"""

import io
import logging
import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

logger = logging.getLogger(__name__)

FAMILY = "Noto Sans SC"
SOURCE_PACKAGE = "justmytype_intl_cjk"
SOURCE_FILE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
STYLES = {"Regular": 400, "Bold": 700}

# Names a stylesheet may ask for; each one ends at our family, never at whatever is installed.
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""
ALIAS = """  <alias binding="strong">
    <family>{name}</family><prefer><family>{family}</family></prefer>
  </alias>"""


def folder() -> Path:
    """Where fonts lie: FONTS_DIR, or the data folder."""
    data = os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[3] / "var"
    return Path(os.environ.get("FONTS_DIR") or Path(data) / "fonts").resolve()


def ensure() -> Path:
    """Make what is missing and return the fontconfig file. A second call costs milliseconds."""
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    if not all(font_path(target, style).exists() for style in STYLES):
        make_fonts(target)
    config = target / "fonts.conf"
    text = config_text(target)
    # It holds absolute paths, so a data folder that was moved gets a new one.
    if not config.exists() or config.read_text(encoding="utf-8") != text:
        write(config, text.encode())
    return config


def activate() -> Path:
    """Point fontconfig at our fonts. Of no effect once Pango has looked for a font."""
    config = ensure()
    os.environ["FONTCONFIG_FILE"] = str(config)
    return config


def font_path(target: Path, style: str) -> Path:
    return target / f"NotoSansSC-{style}.ttf"


def make_fonts(target: Path) -> None:
    source = source_font()
    if source is None:
        logger.warning(
            "The package justmytype-intl-cjk is missing, so PDF uses an installed Chinese font."
        )
        return
    for style, weight in STYLES.items():
        write(font_path(target, style), static_instance(source, style, weight))


def source_font() -> Path | None:
    package = find_spec(SOURCE_PACKAGE)
    if package is None or not package.submodule_search_locations:
        return None
    path = Path(package.submodule_search_locations[0]) / SOURCE_FILE
    return path if path.exists() else None


def static_instance(source: Path, style: str, weight: int) -> bytes:
    """One weight of the variable font, with names by which fontconfig tells the weights apart."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source)))
    subset = uharfbuzz.SubsetInput()
    subset.keep_everything()
    subset.pin_axis_location(face, "wght", weight)
    pinned = uharfbuzz.subset(face, subset).blob.data

    font = TTFont(io.BytesIO(pinned), lazy=True)
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"NotoSansSC-{style}"}
    names |= {3: f"VenturePlan;{names[6]}", 16: FAMILY, 17: style}
    for name_id, text in names.items():
        font["name"].removeNames(nameID=name_id)
        font["name"].setName(text, name_id, 3, 1, 0x409)
    bold = weight >= 700
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 1 << 5 if bold else 1 << 6
    font["head"].macStyle = 1 if bold else 0
    if "STAT" in font:  # describes the axis that is gone
        del font["STAT"]
    output = io.BytesIO()
    font.save(output, reorderTables=False)
    return output.getvalue()


def config_text(target: Path) -> str:
    names = ["sans-serif", "serif", "monospace", "system-ui", "cursive", "fantasy"]
    if font_path(target, "Regular").exists():
        family, folders = FAMILY, [target]
    else:
        # Without our own font: what the system has, our family's name leading to it.
        family, folders = installed_chinese_family(), [Path("/usr/share/fonts")]
        names.append(FAMILY)
    return CONFIG.format(
        folders="\n".join(f"  <dir>{escape(str(path))}</dir>" for path in folders),
        cache=escape(str(target / "cache")),
        aliases="\n".join(ALIAS.format(name=name, family=escape(family)) for name in names),
    )


def installed_chinese_family() -> str:
    """A Chinese font of this machine; said loudly if there is none, since text would be boxes."""
    command = ["fc-list", ":lang=zh-cn", "--format", "%{family[0]}\n"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        found = ""
    families = sorted(filter(None, set(found.split("\n"))), key=lambda name: "Noto" not in name)
    if not families:
        logger.warning(
            "No Chinese font was found, so Chinese in PDF is unreadable. "
            "Install one with: sudo apt-get install -y fonts-noto-cjk"
        )
    return families[0] if families else "sans-serif"


def write(path: Path, content: bytes) -> None:
    """All or nothing: another process may be reading, and this one may be killed."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
