"""From clean text to rows of untyped cells with the line each begins on; every cell stays text.

The places of quotation marks, separators and line ends are found once for the whole file, so that line numbers
count quoted line breaks, ragged rows are named, and the rows the parser gives are known to be all there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from planner.exchange.file_bytes import (
    MOST_CELL_BYTES,
    MOST_COLUMNS,
    MOST_HEADER_BYTES,
    MOST_LINE_BYTES,
    UPLOAD,
    Limits,
)
from planner.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

Positions: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
SEPARATORS = ",;\t"
_QUOTE, _BREAK = 34, 10
_MOST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of one file: `cells` are texts in columns `0`, `1`..., null where empty; `lines` their first lines.

    Rows that could not be cut into cells are in `problems` and not in `cells`; blank rows are in neither.
    """

    header: tuple[str, ...]
    cells: pl.DataFrame
    lines: pl.Series
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    text: bytes
    codes: np.ndarray[tuple[int], np.dtype[np.uint8]]
    quotes: Positions
    breaks: Positions
    starts: Positions
    ends: Positions

    def outside(self, positions: Positions) -> Positions:
        """Those positions that no quoted cell surrounds."""
        if not self.quotes.size:
            return positions
        is_outside: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
            np.searchsorted(self.quotes, positions) % 2 == 0
        )
        return positions[is_outside]

    def line(self, position: int) -> int:
        """The line, from 1, of a position."""
        return int(np.searchsorted(self.breaks, position)) + 1

    def shown(self, record: int) -> str:
        """The beginning of a record, for a message."""
        return self.text[self.starts[record] : self.ends[record]][:_MOST_SHOWN].decode(errors="ignore")


def read_records(
    file: str, text: bytes, is_known: Callable[[str], bool], limits: Limits = UPLOAD
) -> Records | Problem:
    """Cut clean text into cells; a Problem where the file as a whole cannot be.

    `is_known` says whether a header names a column: it decides between separators.
    """
    if not text.strip(b"\n \t"):
        return Problem(
            file, 0, "", "", "The file is empty. Write a header row with the names of the columns."
        )
    layout = _lay_out(text)
    header = _read_header(file, layout, is_known)
    if isinstance(header, Problem):
        return header
    names, separator = header
    broken = _broken_quote(file, layout, separator) or _too_many(file, layout, limits)
    return broken or _cut(file, layout, names, separator)


def _lay_out(text: bytes) -> _Layout:
    codes = np.frombuffer(text, dtype=np.uint8)
    quotes, breaks = np.flatnonzero(codes == _QUOTE), np.flatnonzero(codes == _BREAK)
    ends = breaks[np.searchsorted(quotes, breaks) % 2 == 0] if quotes.size else breaks
    if not ends.size or ends[-1] != len(text) - 1:
        ends = np.append(ends, len(text))
    starts = np.concatenate(([0], ends[:-1] + 1))
    return _Layout(text, codes, quotes, breaks, starts, ends)


def _read_header(
    file: str, layout: _Layout, is_known: Callable[[str], bool]
) -> tuple[tuple[str, ...], str] | Problem:
    """Read the header row with the separator under which most names are known, then the most cells."""
    end = int(layout.ends[0])
    if end > MOST_HEADER_BYTES:
        said = f"The header row has {end:,} bytes; at most {MOST_HEADER_BYTES:,} are read. Remove what is no column."
        return Problem(file, 1, "", "", said)
    cut = {mark: _header_cells(layout, end, mark) for mark in SEPARATORS}
    separator = max(cut, key=lambda mark: (sum(map(is_known, cut[mark])), len(cut[mark])))
    names = cut[separator]
    if len(names) > MOST_COLUMNS:
        said = f"The header row names {len(names):,} columns; at most {MOST_COLUMNS} are read. Remove the others."
        return Problem(file, 1, "", "", said)
    if not any(name.strip() for name in names):
        return Problem(file, 1, "", "", "The first line is blank. Write the names of the columns there.")
    return tuple(names), separator


def _header_cells(layout: _Layout, end: int, separator: str) -> list[str]:
    """Cut the header row at one separator; whether its quotation marks are sound is looked at later."""
    marks = layout.outside(np.flatnonzero(layout.codes[:end] == ord(separator))).tolist()
    places = zip([-1, *marks], [*marks, end], strict=True)
    cells = [layout.text[start + 1 : stop].decode() for start, stop in places]
    return [
        cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
        for cell in cells
    ]


def _broken_quote(file: str, layout: _Layout, separator: str) -> Problem | None:
    """Find the first quotation mark that does not stand where one may."""
    quotes = layout.quotes
    if not quotes.size:
        return None
    edges = np.array([ord(separator), _BREAK], dtype=np.uint8)
    padded = np.concatenate(([_BREAK], layout.codes, [_BREAK]))
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = np.zeros(opening.size, dtype=bool)
    doubled[1:] = opening[1:] == closing[: opening.size - 1] + 1
    astray = opening[~(doubled | np.isin(padded[opening], edges))]
    followed = np.zeros(closing.size, dtype=bool)
    followed[: opening.size - 1] = doubled[1:]
    torn = np.flatnonzero(~(followed | np.isin(padded[closing + 2], edges)))
    first_torn = int(opening[torn[0]]) if torn.size else None
    if astray.size and (first_torn is None or astray[0] < first_torn):
        said = (
            "A quotation mark stands inside a cell that does not begin with one. "
            'Put the whole cell in quotation marks and write those inside twice, like "a ""b"" c".'
        )
        return Problem(file, layout.line(int(astray[0])), "", "", said)
    if first_torn is None and quotes.size % 2:
        first_torn = int(opening[-1])
    if first_torn is None:
        return None
    said = (
        "The quotation mark that begins a cell on this line is not closed. "
        "Close it before the next separator, and write quotation marks inside the cell twice."
    )
    return Problem(file, layout.line(first_torn), "", "", said)


def _too_many(file: str, layout: _Layout, limits: Limits) -> Problem | None:
    rows = layout.starts.size - 1
    if rows > limits.rows:
        said = f"The file has {rows:,} rows; at most {limits.rows:,} are read. Split it."
        return Problem(file, 0, "", "", said)
    lengths = layout.ends - layout.starts
    longest = int(lengths.argmax())
    if lengths[longest] > MOST_LINE_BYTES:
        said = f"The row has {int(lengths[longest]):,} bytes; at most {MOST_LINE_BYTES:,} are read. Shorten its texts."
        return Problem(file, layout.line(int(layout.starts[longest])), "", "", said)
    return None


def _cut(file: str, layout: _Layout, names: tuple[str, ...], separator: str) -> Records | Problem:
    starts, ends = layout.starts[1:], layout.ends[1:]
    marks = layout.outside(np.flatnonzero(layout.codes == ord(separator)))
    counts = np.searchsorted(marks, ends) - np.searchsorted(marks, starts) + 1
    is_blank = starts == ends
    is_ragged = (counts != len(names)) & ~is_blank
    problems = [
        _ragged(file, layout, row, int(counts[row]), len(names)) for row in np.flatnonzero(is_ragged).tolist()
    ]
    long = _long_cells(file, layout, marks, names)
    good = np.flatnonzero(~is_blank & ~is_ragged)
    if good.size == starts.size:
        body = layout.text[int(layout.ends[0]) + 1 :]
    else:
        body = b"".join(layout.text[starts[row] : ends[row]] + b"\n" for row in good.tolist())
    cells = _parse(body, len(names), separator)
    if cells.height != good.size:
        said = f"{good.size} rows were counted but {cells.height} were read. Save the file anew as CSV UTF-8."
        return Problem(file, 0, "", "", said)
    lines = pl.Series("line", np.searchsorted(layout.breaks, starts[good]) + 1)
    filled = cells.select(~pl.all_horizontal(pl.all().is_null())).to_series()
    return Records(names, cells.filter(filled), lines.filter(filled), (*problems, *long))


def _parse(body: bytes, columns: int, separator: str) -> pl.DataFrame:
    """Read rows of cells as text; an empty cell is null, quoted or not."""
    schema = {str(index): pl.String for index in range(columns)}
    if not body:
        return pl.DataFrame(schema=schema)
    frame = pl.read_csv(body, has_header=False, schema=schema, separator=separator)
    return frame.with_columns(pl.all().replace("", None))


def _ragged(file: str, layout: _Layout, row: int, found: int, wanted: int) -> Problem:
    said = (
        f"The row has {found} cell{'s' * (found != 1)}, the header has {wanted}. "
        "Give each row a cell for each column, and put texts with a separator in quotation marks."
    )
    return Problem(file, layout.line(int(layout.starts[row + 1])), "", layout.shown(row + 1), said)


def _long_cells(file: str, layout: _Layout, marks: Positions, names: tuple[str, ...]) -> list[Problem]:
    """Name the cells that are too long to be a cell; only rows long enough to hold one are looked at."""
    found = []
    for row in np.flatnonzero(layout.ends - layout.starts > MOST_CELL_BYTES):
        start, end = int(layout.starts[row]), int(layout.ends[row])
        inner = marks[(marks >= start) & (marks < end)]
        edges = np.concatenate(([start - 1], inner, [end]))
        sizes = np.diff(edges) - 1
        for place in np.flatnonzero(sizes > MOST_CELL_BYTES):
            name = names[place] if place < len(names) else ""
            shown = layout.text[edges[place] + 1 :][:_MOST_SHOWN].decode(errors="ignore")
            said = (
                f"The cell has {int(sizes[place]):,} bytes; at most {MOST_CELL_BYTES:,} are read. Shorten it."
            )
            found.append(Problem(file, layout.line(start), name, shown, said))
    return found
