"""The data dictionary, data/DICTIONARY.md, from the declared tables: `python -m planner.exchange.dictionary`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.model.ledgers import LEDGERS
from planner.model.settings import PREFIXES, SETTINGS
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.columns import Column
    from planner.model.table import Table

PLACE = Path("data/DICTIONARY.md")
_KINDS = {
    "id": "id",
    "ids": "ids joined by `|`",
    "text": "text",
    "list": "texts joined by `|`",
    "choice": "one of",
    "quarter": "quarter",
    "whole": "whole number",
    "money": "whole money",
    "number": "number",
    "date": "day",
    "flag": "true or false",
}
_START = """\
# Data dictionary

Every table of a plan folder and every column, as the planner itself declares them.
This page is written by `python -m planner.exchange.dictionary`; do not edit it by hand.

- **Bold** columns must be filled for a row to be read at all; *key* columns identify the row. An empty cell is not known, never zero.
- An id is `A-Z a-z 0-9 . _ -`, at most 120 characters, and begins with a letter or a digit.
- A day is written 2026-06-30. Where a start, an end, a need-by or a due day is expected, a quarter label reads too.
- A quarter is written 2026-Q3 in a plan whose fiscal year starts in January, FY27-Q3 in any other.
- A whole number is written 1200 or -15: no separators, signs of currency, plus, leading zeros or decimals. A number may have decimals after a point.
- A flag reads as true, false, yes, no, 1 or 0, and is written true or false.
"""


def dictionary() -> str:
    """The whole page."""
    parts = [_START, *_chapter("Tables of a plan", TABLES), _settings()]
    parts += _chapter("Ledgers: what happened meanwhile, outside any version", LEDGERS)
    return "\n".join(parts)


def _chapter(title: str, tables: dict[str, Table]) -> Iterator[str]:
    yield f"## {title}\n"
    for table in tables.values():
        told = (table.schema.__doc__ or "").strip()
        rows = "\n".join(_row(column) for column in table.columns)
        yield f"### `{table.name}.csv`\n\n{told}\n\n| column | holds | meaning |\n|---|---|---|\n{rows}\n"


def _row(column: Column) -> str:
    name = f"**{column.name}**" if column.required else column.name
    key = " (key, may be empty)" if column.blank_key else " (key)" if column.key else ""
    return f"| {name}{key} | {_holds(column)} | {_cell(column.help)} |"


def _holds(column: Column) -> str:
    said = _KINDS[column.kind]
    if column.allowed:
        said = f"{said}: " if column.kind != "choice" else "one of "
        said += ", ".join(f"`{word}`" for word in column.allowed)
    if column.unit and column.unit != "currency":
        said += f", in {column.unit}"
    if column.kind in {"whole", "number"} and (column.least is not None or column.most is not None):
        said += f", {_reach(column.least, column.most)}"
    if column.kind == "text" and column.most:
        said += f" of at most {column.most:.0f} characters"
    if column.references:
        said += f"; one of {', '.join(column.references)}"
    return _cell(said)


def _reach(least: float | None, most: float | None) -> str:
    if least is None:
        return f"at most {most:.0f}"
    return f"{least:.0f} or more" if most is None else f"{least:.0f} to {most:.0f}"


def _settings() -> str:
    rows = "\n".join(
        f"| `{key}` | {_cell(kind.told)} | {_cell(f'`{kind.default}`') if kind.default else ''} |"
        for key, kind in SETTINGS.items()
    )
    begin = " or ".join(f"`{prefix}`" for prefix in PREFIXES)
    return (
        f"## Settings\n\nThe keys of `settings.csv`; keys that begin with {begin} are free.\n\n"
        f"| key | meaning | default |\n|---|---|---|\n{rows}\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE
    place.write_text(dictionary(), encoding="utf-8")
