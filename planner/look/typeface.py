"""The typeface of everything that leaves the product: Streamlit's own Source Sans as plain font files; it sets no page.

Streamlit ships it for browsers, packed and with a sliding weight; pictures and PDF need one file a weight. They are
made once for each machine and person, in the folder for passing files. Where Streamlit is not there, or ships it no
more, everything is set in what the machine has.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

FAMILY: Final = "Source Sans"
REGULAR, SEMIBOLD = 400, 600
WEIGHTS: Final = (REGULAR, SEMIBOLD)
_SHIPPED_AS: Final = ("static/static/media", "SourceSansVF-Upright*.woff2")
_EDITION: Final = 2  # of what is made here; another edition gets another folder
# Latin, Greek and Cyrillic with their marks, punctuation, currencies, arrows, signs and shapes; what else a text
# has is drawn in another typeface of the machine, and fewer shapes are made in half the time.
_SPANS: Final = (
    (0x20, 0x17F), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x30C), (0x384, 0x3CE), (0x400, 0x45F), (0x490, 0x491),
    (0x1E80, 0x1E85), (0x2010, 0x203A), (0x20A0, 0x20BF), (0x2116, 0x2122), (0x2190, 0x2199), (0x2200, 0x2265),
    (0x25A0, 0x25CF), (0x2713, 0x2717),
)  # fmt: skip
_BROWSER: Final = "SourceSans-browser.woff2"
_FEATURES: Final = ("kern", "mark", "ccmp", "tnum", "lnum")


@cache
def font_folder() -> Path | None:
    """The folder with one font file for each of `WEIGHTS`, made on the first call; None where there is no source."""
    source = shipped_font()
    if source is None:
        return None
    packed = source.read_bytes()
    mark = hashlib.sha256(packed + bytes([_EDITION])).hexdigest()[:12]
    folder = _own_folder() / f"typeface-{mark}"
    if not folder.is_dir():
        _make(folder, packed)
    return folder


def shipped_font() -> Path | None:
    """Streamlit's own file of the typeface, found without loading Streamlit."""
    found = importlib.util.find_spec("streamlit")
    if found is None or not found.submodule_search_locations:
        return None
    place, name = _SHIPPED_AS
    files = sorted((Path(found.submodule_search_locations[0]) / place).glob(name))
    return files[0] if files else None


def _own_folder() -> Path:
    """A folder for passing files that nobody else can write to: one that another person laid there is not used."""
    who = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "me")
    folder = Path(tempfile.gettempdir()) / f"strategy-planner-{who}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="strategy-planner-"))
    is_own = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
    if folder.is_symlink() or not is_own:
        return Path(tempfile.mkdtemp(prefix="strategy-planner-"))
    return folder


def _make(folder: Path, packed: bytes) -> None:
    """Make the files beside their place and move them there whole: of two that do it at once, the first one counts."""
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="making-"))
    sliding = _fewer_shapes(packed)
    for weight in WEIGHTS:
        (made / f"SourceSans-{weight}.ttf").write_bytes(_static_font(sliding, weight))
    (made / _BROWSER).write_bytes(_packed(sliding))
    try:
        made.rename(folder)
    except OSError:
        shutil.rmtree(made)
        if not folder.is_dir():
            raise


def _static_font(sliding: bytes, weight: int) -> bytes:
    """The font file of one weight, from one with a sliding weight."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  heavy, and needed once for each machine
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = TTFont(io.BytesIO(sliding))
    keep = instancer.OverlapMode.KEEP_AND_DONT_SET_FLAGS
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, optimize=False, overlap=keep)
    _name(font, weight)
    return _written(font)


def _fewer_shapes(packed: bytes) -> bytes:
    """The font with a sliding weight, with the shapes of `_SPANS` only."""
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(packed))
    options = subset.Options(
        layout_features=list(_FEATURES), hinting=False, notdef_outline=True, glyph_names=False, name_IDs=["*"]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={at for first, last in _SPANS for at in range(first, last + 1)})
    subsetter.subset(font)
    font.flavor = None
    return _written(font)


def _packed(sliding: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(io.BytesIO(sliding))
    font.flavor = "woff2"
    return _written(font)


def _written(font: Any) -> bytes:
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _name(font: Any, weight: int) -> None:
    """Give a font file the name that pictures ask for, and its weight."""
    names, about = font["name"], font["OS/2"]
    style = "Regular" if weight == REGULAR else "SemiBold"
    names.names = []
    for key, said in {
        1: FAMILY,
        2: "Regular",
        4: f"{FAMILY} {style}",
        6: f"SourceSans-{style}",
        16: FAMILY,
        17: style,
    }.items():
        names.setName(said, key, 3, 1, 0x409)
    about.usWeightClass = weight


def browser_font() -> bytes | None:
    """The typeface as a browser reads it, all weights in one packed file; None where there is no source."""
    folder = font_folder()
    return None if folder is None else (folder / _BROWSER).read_bytes()
