"""The problems of one file while it is read: collected from every step, listed by line, and never too many."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from planner.exchange.csv_records import Records
    from planner.exchange.headers import Feed
    from planner.exchange.typed_column import TypedColumn

MOST_PROBLEMS = 200
MOST_SHOWN = 200


@dataclass(slots=True)
class FileProblems:
    """The first problems of each sort in one file, and the number of all."""

    file: str
    found: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems, each counting one."""
        before = len(self.found)
        self.found += problems
        self.count += len(self.found) - before

    def add_one(self, line: int, column: str, value: str, message: str) -> None:
        """Add one problem."""
        self.add([Problem(self.file, line, column, value[:MOST_SHOWN], message)])

    def add_rows(self, feed: Feed, records: Records, rows: pl.Series, message: str) -> None:
        """Add one problem for each of the rows, all of the same words; the first are listed, all are counted."""
        cells = records.cells.to_series(feed.index)
        for row in rows.head(MOST_PROBLEMS):
            self.add_one(records.lines[row], feed.header, cells[row] or "", message)
        self.count += max(0, rows.len() - MOST_PROBLEMS)

    def add_misread(self, feed: Feed, records: Records, typed: TypedColumn) -> None:
        """Add the cells of a column that did not read; the first are listed, all are counted."""
        if not typed.misread:
            return
        cells, rows = records.cells.to_series(feed.index), typed.bad.arg_true()
        for row in rows.head(MOST_PROBLEMS):
            text = cells[row]
            said = typed.misread.get(text) or typed.misread[unicodedata.normalize("NFC", text)]
            self.add_one(records.lines[row], feed.header, text, said)
        self.count += max(0, rows.len() - MOST_PROBLEMS)

    def listed(self) -> tuple[Problem, ...]:
        """By line, at most MOST_PROBLEMS, and one more that says how many there are besides."""
        first = sorted(self.found, key=lambda problem: problem.line)[:MOST_PROBLEMS]
        more = self.count - len(first)
        if more:
            said = f"There are {more:,} more problems in this file. Mend these first and import again."
            first.append(Problem(self.file, 0, "", "", said))
        return tuple(first)
