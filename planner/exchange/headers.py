"""Which header of a file feeds which column of a table, and the problems with the header row; no cells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planner.exchange.cell_dates import QUARTER_HEADERS
from planner.exchange.misread import shown
from planner.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.columns import Column
    from planner.model.table import Table

CELL, QUARTER, OPEX, UNREAD = "cell", "quarter", "opex", "unread"
_SUFFIX = re.compile(r"(?P<base>.+)_(?P<currency>[a-z]{3})")
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Feed:
    """One column of the file: its place, its header as written, the column it fills, and how."""

    index: int
    header: str
    column: Column
    way: str = CELL


@dataclass(frozen=True, slots=True)
class Names:
    """The headers that a file may have: by folded name the column they fill and how."""

    table: str
    feeds: Mapping[str, tuple[Column, str]]
    required: tuple[str, ...]
    may_double: bool = False

    @classmethod
    def of(cls, table: Table) -> Names:
        """The headers of one table's own file (FORMAT 1)."""
        feeds = {column.name: (column, CELL) for column in table.columns}
        for name, alias in QUARTER_HEADERS.items():
            if name in table.by_name:
                feeds[alias] = (table.by_name[name], QUARTER)
        if {"cost", "capex"} <= table.by_name.keys():
            feeds["opex"] = (table.by_name["cost"], OPEX)
        required = tuple(column.name for column in table.columns if column.required)
        return cls(table.name, feeds, required)

    def knows(self, header: str) -> bool:
        """Whether a header, as a person wrote it, is one of these, a suffix of currency aside."""
        name = fold(header)
        return name in self.feeds or self._suffixed(name) is not None

    def _suffixed(self, name: str) -> tuple[str, str] | None:
        """The name and the currency of a money header such as `capex_gbp`."""
        matched = _SUFFIX.fullmatch(name)
        if matched and matched["base"] in self.feeds and self.feeds[matched["base"]][0].kind == "money":
            return matched["base"], matched["currency"].upper()
        return None

    def match(self, file: str, headers: Sequence[str], currency: str) -> tuple[list[Feed], list[Problem]]:
        """Match the headers of a file to columns; a header without a name is left to whoever has its cells."""
        feeds: list[Feed] = []
        problems = _repeated(file, headers)
        for index, header in enumerate(headers):
            name = fold(header)
            if not name:
                continue
            suffixed = None if name in self.feeds else self._suffixed(name)
            if suffixed and suffixed[1] != currency:
                problems.append(_foreign(file, header, suffixed[0], currency))
                continue
            known = self.feeds.get(suffixed[0] if suffixed else name)
            if known is None:
                problems.append(self._unknown(file, header, name))
            elif known[1] != UNREAD:
                feeds.append(Feed(index, header.strip(), *known))
        return feeds, problems + self._lacking(file, feeds) + self._doubled(file, feeds)

    def _unknown(self, file: str, header: str, name: str) -> Problem:
        near = get_close_matches(name[:_MOST_SHOWN], self.feeds, n=1, cutoff=0)[0]
        instead = f"The nearest is '{near}': rename the column, or remove it."
        cut = header[:_MOST_SHOWN]
        return Problem(file, 1, cut, cut, f"{shown(header)} is not a column of {self.table}. {instead}")

    def _lacking(self, file: str, feeds: list[Feed]) -> list[Problem]:
        given = {fold(feed.header) for feed in feeds}
        return [
            Problem(
                file, 1, name, "", f"The column {name} is missing. Add it: no row can be read without it."
            )
            for name in self.required
            if name not in given
        ]

    def _doubled(self, file: str, feeds: list[Feed]) -> list[Problem]:
        """Two headers of different names that fill one column, and operating cost that adds up to nothing."""
        if self.may_double:
            return []
        problems = []
        first: dict[str, Feed] = {}
        for feed in feeds:
            before = first.setdefault(feed.column.name, feed)
            if before is not feed and fold(before.header) != fold(feed.header):
                said = (
                    f"{shown(before.header)} and {shown(feed.header)} both fill {feed.column.name}. Keep one."
                )
                problems.append(Problem(file, 1, feed.header, feed.header, said))
        opex = next((feed for feed in feeds if feed.way == OPEX), None)
        if opex and not any(feed.column.name == "capex" for feed in feeds):
            said = "opex is given without capex, so there is no cost. Add the column capex, or give cost instead."
            problems.append(Problem(file, 1, opex.header, opex.header, said))
        return problems


def fold(header: str) -> str:
    """The form in which headers are compared: NFKC, without case, invisible characters and blanks around it."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    return "".join(c for c in plain if unicodedata.category(c) != "Cf").strip()


def _repeated(file: str, headers: Sequence[str]) -> list[Problem]:
    problems = []
    first: dict[str, int] = {}
    for index, header in enumerate(headers):
        name = fold(header)
        before = first.setdefault(name, index)
        if name and before != index:
            cut = header[:_MOST_SHOWN]
            said = (
                f"Columns {before + 1} and {index + 1} have the same name, {shown(header)}. Keep one of them."
            )
            problems.append(Problem(file, 1, cut, cut, said))
    return problems


def _foreign(file: str, header: str, base: str, currency: str) -> Problem:
    if currency:
        said = f"{shown(header)} is not in the plan's currency, {currency}. Convert it and name it {base}."
    else:
        said = f"{shown(header)} names a currency, but the plan has none. Name it {base}, or set currency in settings.csv."
    return Problem(file, 1, header, header, said)
