"""Plan: the tables of one version, a value that nothing changes in place; no rule about what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from planner.model.fingerprint import fingerprint_of, table_digests
from planner.model.settings import PlanSettings
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planner.model.columns import Column
    from planner.model.quarter import Calendar
    from planner.model.table import Table

Told = TypeVar("Told")


@dataclass(frozen=True, eq=False)
class Plan:
    """All tables of one version, each a frame with exactly its declared columns, sorted by key.

    Build it with `Plan.of`; two plans are equal where their fingerprints and reasons are.
    """

    frames: Mapping[str, pl.DataFrame]

    @classmethod
    def of(cls, frames: Mapping[str, pl.DataFrame] | None = None) -> Plan:
        """Build a plan from some of its tables; a table that is not given is empty.

        Columns that are not given are empty. Text becomes NFC, lists lose their order, rows are put in
        the order of their keys. Raises KeyError for a table and ValueError for a column that is not declared.
        """
        given = dict(frames or {})
        unknown = given.keys() - TABLES.keys()
        if unknown:
            raise KeyError(*sorted(unknown))
        return cls({name: settle(table, given.get(name)) for name, table in TABLES.items()})

    @classmethod
    def of_settled(cls, frames: Mapping[str, pl.DataFrame]) -> Plan:
        """Build a plan from tables that are known to be settled: the store's own rows, ordered by key."""
        return cls({name: frames[name] if name in frames else empty(table) for name, table in TABLES.items()})

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.frames[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plan):
            return NotImplemented
        return self.fingerprint == other.fingerprint and self["reasons"].equals(other["reasons"])

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def replaced(self, frames: Mapping[str, pl.DataFrame]) -> Plan:
        """A new plan in which some tables are others."""
        changed = {name: settle(TABLES[name], frame) for name, frame in frames.items()}
        return Plan({**self.frames, **changed})

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of FORMAT 2: `1:` and a SHA-256, the same on every machine."""
        return fingerprint_of(self.frames)

    @cached_property
    def digests(self) -> dict[str, str]:
        """A digest of each table that has rows: tables with equal digests are equal."""
        return table_digests(self.frames)

    @cached_property
    def settings(self) -> PlanSettings:
        """The settings, typed."""
        frame = self["settings"]
        return PlanSettings({k: v for k, v in frame.iter_rows() if v is not None})

    def once(self, work: Callable[[Plan], Told]) -> Told:
        """What a pure function says of this plan, worked out the first time that it is asked for.

        `work` is a function of a module, and what it gives is changed by nobody.
        """
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        told: Told = self._worked_out[work]
        return told

    @cached_property
    def _worked_out(self) -> dict[Callable[[Plan], Any], Any]:
        return {}

    @property
    def calendar(self) -> Calendar:
        """The fiscal calendar."""
        return self.settings.calendar

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has, tables without rows left out."""
        return {name: frame.height for name, frame in self.frames.items() if frame.height}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it but settings."""
        return not (self.rows.keys() - {"settings"})


def empty(table: Table) -> pl.DataFrame:
    """The frame of a table without rows."""
    return _empty(table).clone()


@cache
def _empty(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={column.name: column.polars_type for column in table.columns})


def settle(table: Table, frame: pl.DataFrame | None) -> pl.DataFrame:
    """Bring a frame to the form of its table: columns, types, NFC, sorted lists, rows by key."""
    if frame is None:
        return empty(table)
    unknown = set(frame.columns) - set(table.names)
    if unknown:
        message = f"{table.name} has no column {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return frame.select(_settled(column, frame) for column in table.columns).sort(table.key)


def _settled(column: Column, frame: pl.DataFrame) -> pl.Expr:
    if column.name not in frame.columns:
        return pl.lit("" if column.blank_key else None, dtype=column.polars_type).alias(column.name)
    cell = pl.col(column.name).cast(column.polars_type)
    if column.polars_type is pl.String:
        cell = cell.str.normalize("NFC")
        if column.kind in {"list", "ids"}:
            cell = _settled_list(cell, is_sorted=not column.ordered)
        cell = cell.fill_null("") if column.blank_key else cell.replace("", None)
    return cell


def _settled_list(cell: pl.Expr, *, is_sorted: bool) -> pl.Expr:
    """Drop empty and repeated parts of a `|` list; where its order means nothing, sort it: equal sets, equal texts."""
    parts = cell.str.split("|").list.eval(pl.element().str.strip_chars(" "))
    filled = parts.list.eval(pl.element().filter(pl.element() != ""))
    kept = filled.list.unique().list.sort() if is_sorted else filled.list.unique(maintain_order=True)
    return pl.when(cell.str.contains("|", literal=True)).then(kept.list.join("|")).otherwise(cell)
