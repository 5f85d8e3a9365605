"""A picture as a value: its SVG text, what stands above it and what it shows in words; and its way into PNG and PDF."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from planner.look import theme
from planner.look.lettering import broken, plain, shortened, text_width
from planner.look.typeface import REGULAR, SEMIBOLD, font_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

MONEY, FINISHES, ROADMAP = "money", "finishes", "roadmap"  # the pictures that a brief can have
OF_A_BRIEF: Final = (MONEY, FINISHES, ROADMAP)
ON_A_PAGE: Final = (MONEY, FINISHES)  # those that a page or a slide has room for
_SHARP: Final = 2.0  # pixels of a PNG for one of the picture
_MOST_PIXELS: Final = 40_000_000  # of a PNG; a longer picture gets a coarser one, never a cut one
_EDGE: Final = 24  # pixels around a framed picture
_TITLE, _NOTE, _KEY, _SOURCE = 18.0, 13.0, 12.0, 11.0
_SWATCH: Final = (26, 10)
_BETWEEN: Final = 24
_LEADING: Final = 1.3
_GAP: Final = 14
_SIZE: Final = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


class KeyEntry(NamedTuple):
    """What a fill, an edge or shapes stand for: `glyphs` with their colours take the place of a filled box."""

    text: str
    fill: str = ""
    edge: str = "transparent"
    is_dashed: bool = False
    glyphs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart as it leaves the product: `svg` follows a page's light or dark mode, `alt` says what it shows.

    `title` and `note` stand above it and `key` below; they are no part of `svg` unless it came from `framed`.
    """

    name: str
    title: str
    note: str
    alt: str
    svg: str
    key: tuple[KeyEntry, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        found = _SIZE.search(self.svg)
        if found is None:
            raise ValueError(f"The picture {self.name} does not say how large it is")
        return float(found[1]), float(found[2])

    @property
    def light_svg(self) -> str:
        """The SVG text in the colours of a light page, for files and print."""
        return str(theme.one_mode(self.svg, "light"))

    def file_svg(self) -> bytes:
        """The picture as an SVG file."""
        return self.light_svg.encode("utf-8")

    def png(self) -> bytes:
        """The picture as PNG, two pixels for one, on white."""
        width, height = self.size
        sharp = min(_SHARP, math.sqrt(_MOST_PIXELS / max(width * height, 1)))
        made: bytes = _converter().svg_to_png(self.light_svg, scale=sharp)
        return made

    def pdf(self) -> bytes:
        """The picture as a PDF page of its size."""
        made: bytes = _converter().svg_to_pdf(self.light_svg)
        return made

    def framed(self, source: str) -> Picture:
        """The same picture with its title and note above it, its key and `source` under it, all of it drawn."""
        width, height = self.size
        head = [
            *(
                (line, _TITLE, SEMIBOLD, theme.INK)
                for line in broken(plain(self.title), width, _TITLE, SEMIBOLD)
            ),
            *((line, _NOTE, REGULAR, theme.MUTE) for line in broken(plain(self.note), width, _NOTE)),
        ]
        top = _EDGE + sum(size * _LEADING for line, size, *_ in head if line) + _GAP
        key, below = _key(self.key, width, top + height + _GAP)
        whole = width + 2 * _EDGE, below + _SOURCE * _LEADING + _EDGE
        said = shortened(plain(source), width, _SOURCE)
        foot = _text(said, _EDGE, whole[1] - _EDGE, _SOURCE, REGULAR, theme.FAINT)
        inner = self.svg.replace("<svg", f'<svg x="{_EDGE}" y="{top:g}"', 1)
        ground = f'<rect width="100%" height="100%" fill="{theme.PAGE}"/>'
        size = f'width="{whole[0]:g}" height="{whole[1]:g}" viewBox="0 0 {whole[0]:g} {whole[1]:g}"'
        named = f'role="img" aria-label={quoteattr(plain(self.alt))}'
        drawn = "".join([ground, *_lines(head), inner, *key, foot])
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named}>{drawn}</svg>'
        return replace(self, svg=svg, key=())


Pictures = Mapping[str, Picture]  # by name


def _lines(head: list[tuple[str, float, int, str]]) -> Iterator[str]:
    foot = float(_EDGE)
    for line, size, weight, colour in head:
        if line:
            foot += size * _LEADING
            yield _text(line, _EDGE, foot - size * (_LEADING - 1), size, weight, colour)


def _key(entries: tuple[KeyEntry, ...], width: float, top: float) -> tuple[list[str], float]:
    """The key in lines that are as long as there is room, and where what follows it begins."""
    drawn: list[str] = []
    x, y = 0.0, top + _KEY
    for entry in entries:
        glyphs = " ".join(glyph for glyph, _ in entry.glyphs)
        mark = text_width(glyphs, _KEY) + 5 if glyphs else _SWATCH[0] + 7
        need = mark + text_width(entry.text, _KEY)
        if x and x + need > width:
            x, y = 0.0, y + _KEY * 1.5
        drawn += _key_mark(entry, _EDGE + x, y)
        drawn.append(_text(plain(entry.text), _EDGE + x + mark, y, _KEY, REGULAR, theme.MUTE))
        x += need + _BETWEEN
    return drawn, (y + _GAP if entries else top)


def _key_mark(entry: KeyEntry, x: float, foot: float) -> Iterator[str]:
    for glyph, colour in entry.glyphs:
        yield _text(glyph, x, foot, _KEY, REGULAR, colour)
        x += text_width(f"{glyph} ", _KEY)
    if not entry.glyphs:
        dashed = ' stroke-dasharray="4 3"' if entry.is_dashed else ""
        place = f'x="{x:g}" y="{foot - _SWATCH[1] + 1:g}" width="{_SWATCH[0]}" height="{_SWATCH[1]}" rx="2"'
        yield f'<rect {place} fill="{entry.fill}" stroke="{entry.edge}"{dashed}/>'


def _text(text: str, x: float, y: float, size: float, weight: int, colour: str) -> str:
    font = quoteattr(theme.FONT)
    look = f'font-family={font} font-size="{size:g}" font-weight="{weight}" fill="{colour}"'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(text)}</text>'


@cache
def _converter() -> Any:
    """The library that draws, with our typeface known to it."""
    import vl_convert  # noqa: PLC0415  84 MB, and needed for files only

    folder = font_folder()
    if folder is not None:
        vl_convert.register_font_directory(str(folder))
    return vl_convert


def svg_of_spec(spec: str) -> str:
    """The SVG text that Vega-Lite draws for a whole spec, its data included, given as JSON; it fetches nothing."""
    drawn: str = _converter().vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn
