"""What follows a row that clashes as a whole: where it stays after all, what left only because of it stays too.

Whoever removes an item removes what means nothing without it, and empties what names it. When the other side's item is
kept, a project would come out of the merge without its phasing and its links, though nobody wanted that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from planner.model.tables import TABLE_OF_TIER, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planner.model.edit import Edit, Row

Item: TypeAlias = tuple[str, str]  # a row, by table and id


def owners(table: str, row: Row) -> Iterator[Item]:
    """The rows that a row means nothing without: those that its key names, or that it cannot be without."""
    if table == "attributes":
        yield str(row["table"]), str(row["id"])
    elif table == "links":
        for side in ("from", "to"):
            yield TABLE_OF_TIER[str(row[f"{side}_type"])], str(row[f"{side}_id"])
    else:
        for column in TABLES[table].columns:
            if column.required and row.get(column.name) is not None:
                yield from ((owner, str(row[column.name])) for owner in column.references)


def following(edits: Sequence[Edit], staying: Collection[Item], gone: Collection[Item]) -> list[Edit]:
    """Of the edits of the side that removed some items, those that it made for that alone, now that the items stay.

    They are the removals of rows that hang on them, and on nothing that is `gone`, and the emptied cells that name
    them; and so on with the rows that stay because of it.
    """
    stays, found = set(staying), []
    leaving = {
        (edit.table, edit.id): (edit, set(owners(edit.table, edit.before)))
        for edit in edits
        if stays and edit.after is None and isinstance(edit.before, Mapping)
    }
    missing = {*gone, *leaving}
    while more := [item for item, (_, named) in leaving.items() if named & stays and not named & missing]:
        found += [leaving.pop(item)[0] for item in more]
        stays.update(more)
        missing.difference_update(more)
    return [*found, *(edit for edit in edits if not edit.is_row and _empties(edit, stays))]


def _empties(edit: Edit, stays: set[Item]) -> bool:
    """Whether it empties a cell that names one of these items."""
    column = TABLES[edit.table].by_name[edit.field]
    is_mention = column.kind == "id" and not column.required and edit.after is None
    return is_mention and any((owner, edit.before) in stays for owner in column.references)
