"""What a command says on standard output: lines, aligned tables, JSON; it knows neither plans nor files."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
LONGEST_CELL = 60


def shown(value: object, longest: int = LONGEST_CELL) -> str:
    """Write a cell on one line: no control characters (a terminal obeys them), and not too long."""
    text = _CONTROL.sub(" ", "" if value is None else str(value))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def text_table(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Sequence[str] = (),
    longest: int = LONGEST_CELL,
) -> str:
    """Set rows in columns under their heads; the columns named in `right` are set to the right."""
    lines = [list(head), *([shown(cell, longest) for cell in row] for row in rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(_set_line(line, widths, [name in right for name in head]) for line in lines)


def _set_line(cells: Sequence[str], widths: Sequence[int], to_right: Sequence[bool]) -> str:
    said = []
    for cell, width, right in zip(cells, widths, to_right, strict=True):
        gap = " " * (width - _width(cell))
        said.append(gap + cell if right else cell + gap)
    return "  ".join(said).rstrip()


def _width(text: str) -> int:
    """How many places a terminal gives a text: wide letters take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in {"W", "F"} for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: '1 finding', '12 findings'."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def say(text: str) -> None:
    """Write a line or several."""
    sys.stdout.write(f"{text}\n")


def say_json(document: dict[str, Any]) -> None:
    """Write a JSON document."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
