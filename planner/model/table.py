"""Table: one declared table, its columns read from its schema class; which tables there are is for `tables` to say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planner.model.columns import Column, read_columns

if TYPE_CHECKING:
    import dataframely as dy


@dataclass(frozen=True)
class Table:
    """One table: its name is its file's name without `.csv`."""

    name: str
    schema: type[dy.Schema]
    one: str

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns in the order of the file."""
        return read_columns(self.name, self.schema)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in the order of the file."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return tuple(column.name for column in self.columns if column.key)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns that do not identify a row: what can change."""
        return tuple(column.name for column in self.columns if not column.key)
