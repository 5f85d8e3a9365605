"""How wide a text is when it is set, and how it is shortened or broken to fit; it draws nothing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from planner.look.typeface import REGULAR, SEMIBOLD, font_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

ELLIPSIS: Final = "…"
_UNKNOWN: Final = 1.0  # of the size: how wide a letter is that the typeface lacks, such as an emoji
_USUAL: Final = 0.56  # of the size: any letter, where there is no typeface to ask
# What no picture, page or slide can hold: control characters, halves of a character, and the marks that turn
# the direction of all that follows them. Letters that are written from right to left stay.
_UNFIT: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+"
)


def plain(text: str) -> str:
    """The text on one line, without what no file of ours can hold."""
    return _UNFIT.sub(" ", text)


@cache
def _widths(weight: int) -> Mapping[int, float]:
    """The width of each letter the typeface has, as a share of its size."""
    folder = font_folder()
    if folder is None:
        return {}
    from fontTools.ttLib import TTFont  # noqa: PLC0415  heavy, and needed for files only

    font = TTFont(folder / f"SourceSans-{weight}.ttf", lazy=True)
    advances, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {at: advances[name][0] / em for at, name in font.getBestCmap().items()}


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """How wide a text is, in the unit of `size`; weights between the two we have count as the heavier one."""
    return _width(text, REGULAR if weight <= REGULAR else SEMIBOLD) * size


@lru_cache(maxsize=8192)
def _width(text: str, weight: int) -> float:
    known = _widths(weight)
    if not known:
        return len(text) * _USUAL
    return sum([known.get(ord(letter), _UNKNOWN) for letter in text])


def shortened(text: str, room: float, size: float, weight: int = REGULAR) -> str:
    """The text, cut after as many letters as fit into `room`, and then with an ellipsis."""
    if text_width(text, size, weight) <= room:
        return text
    left, used = room - text_width(ELLIPSIS, size, weight), 0.0
    for at, letter in enumerate(text):
        used += text_width(letter, size, weight)
        if used > left:
            return text[:at].rstrip() + ELLIPSIS
    return text


def broken(text: str, room: float, size: float, weight: int = REGULAR) -> list[str]:
    """The text in lines that fit into `room`, broken between words, and inside one that is longer than a line."""
    lines: list[str] = []
    line, used = "", 0.0
    space = text_width(" ", size, weight)
    for word in text.split():
        wide = text_width(word, size, weight)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        lines += [line] if line else []
        line, used = word, wide
        if wide > room:
            *whole, line = _pieces(word, room, size, weight)
            lines += whole
            used = text_width(line, size, weight)
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, room: float, size: float, weight: int) -> list[str]:
    """A word in pieces that fit, mostly one."""
    pieces, piece, used = [], "", 0.0
    for letter in word:
        width = text_width(letter, size, weight)
        if piece and used + width > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + width
    return [*pieces, piece]


def clipped(text: str, most: int) -> str:
    """The first words of a text of more than `most` letters, and an ellipsis."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    whole, space, _ = kept.rpartition(" ")
    return (whole if space and len(whole) > most // 2 else kept).rstrip(" ,;:") + ELLIPSIS
