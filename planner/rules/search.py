"""Finding items of a plan by what people remember of them: id, name or other words; it opens no page and ranks no work.

Letters are compared without case and accents, and what is typed is plain text: it holds no pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from planner.model.edit import row_id, row_id_expr
from planner.model.tables import TABLE_OF_TIER, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from planner.model.plan import Plan

SEARCHED: Final = (
    "outcomes",
    "projects",
    "capabilities",
    "enablers",
    "kpis",
    "milestones",
    "teams",
    "dependencies",
    "links",
)
# Letters that differ from a plain one by more than a mark above or below them.
_PLAIN: Final = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
}
_TEXT_KINDS: Final = frozenset({"text", "list"})
_Row: TypeAlias = "Mapping[str, object]"
_IS_ID, _IS_NAME, _ID_BEGINS, _NAME_BEGINS, _WORDS_BEGIN, _IN_NAME, _ELSEWHERE = range(7)
_BEFORE, _LONGEST = 40, 130  # characters of a snippet: before what was found, and in all


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found: what it is called, and the column and the part of its text that say what was asked.

    `item` is the table and id of the item whose form shows the row: itself, or the item a link starts from.
    """

    table: str
    id: str
    name: str
    field: str
    snippet: str
    item: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many rows there are in all."""

    hits: tuple[Hit, ...]
    count: int


@dataclass(frozen=True)
class SearchIndex:
    """The texts of a plan made ready for many questions: made once for a plan, in time that grows with its rows.

    `rows` has a row for each row that can be found: `table` (its place in `SEARCHED`), `row` (its place in
    the plan's frame), and folded texts: `id`, `name`, `words` (the name where each word follows a blank),
    `texts` (all of the row).
    """

    plan: Plan
    rows: pl.DataFrame

    @classmethod
    def of(cls, plan: Plan) -> SearchIndex:
        """Make the texts of a plan ready."""
        return cls(plan, pl.concat([_rows_of(plan, place) for place in range(len(SEARCHED))]))


def find_hits(index: SearchIndex, query: str, most: int) -> Found:
    """Find the rows in which all words of a query occur, the best `most` of them in a fixed order.

    First whose id it is, whose name it is, whose id begins so, whose name begins so, in whose name words
    begin so, in whose name they stand, then all others; within these by name and id. Nothing asked, nothing found.
    """
    asked = fold_texts([query])[0]
    if not asked:
        return Found((), 0)
    words = asked.split(" ")
    found = index.rows.filter(_all_in("texts", words)).with_columns(_rank(asked, words).alias("rank"))
    best = found.bottom_k(most, by=["rank", "name", "table", "id", "row"])
    best = best.sort("rank", "name", "table", "id", "row")
    places = best.select("table", "row", "rank").iter_rows()
    rows = [
        (SEARCHED[table], index.plan[SEARCHED[table]].row(row, named=True), rank)
        for table, row, rank in places
    ]
    return Found(tuple(_hits(index.plan, rows, words)), found.height)


def fold_texts(texts: Sequence[str]) -> list[str]:
    """Texts as they are compared: small letters without marks, one blank between words."""
    return pl.select(_folded(pl.Series(list(texts), dtype=pl.String))).to_series().to_list()


def _folded(texts: pl.Expr | pl.Series) -> pl.Expr:
    """Fold texts; one that is nothing but marks keeps them, so that it can still be found."""
    cells = pl.lit(texts) if isinstance(texts, pl.Series) else texts
    small = cells.str.to_lowercase()
    plain = small.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    plain = plain.str.replace_many(_PLAIN).str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(plain == "").then(small.str.strip_chars()).otherwise(plain)


def _rows_of(plan: Plan, place: int) -> pl.DataFrame:
    """What can be found of one table; a link or a dependency only by what was noted about it."""
    table = TABLES[SEARCHED[place]]
    frame, has_name = plan[table.name], "name" in table.by_name
    texts = [name for name in _text_columns(table.name) if name != "name"]
    other = pl.concat_str(texts, separator="\n", ignore_nulls=True) if texts else pl.lit("")
    rows = frame.select(
        pl.lit(place, pl.Int8).alias("table"),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("row"),
        _folded(row_id_expr(table.name) if has_name else pl.lit("")).alias("id"),
        _folded(pl.col("name").fill_null("") if has_name else pl.lit("")).alias("name"),
        _folded(other).alias("other"),
    )
    if not has_name:
        rows = rows.filter(pl.col("other") != "")
    name, blank = pl.col("name"), pl.lit(" ")
    spaced = name.str.replace_all(r"[^\p{L}\p{N}]+", " ")
    return rows.with_columns(
        pl.concat_str(blank, spaced, pl.lit("\n "), name).alias("words"),
        pl.concat_str("id", "name", "other", separator="\n").alias("texts"),
    ).drop("other")


def _text_columns(table: str) -> list[str]:
    return [column.name for column in TABLES[table].columns if column.kind in _TEXT_KINDS]


def _all_in(column: str, words: Sequence[str], before: str = "") -> pl.Expr:
    """Whether every word stands in a column; never read as a pattern."""
    return reduce(and_, (pl.col(column).str.contains(before + word, literal=True) for word in words))


def _rank(asked: str, words: Sequence[str]) -> pl.Expr:
    row, name, typed = pl.col("id"), pl.col("name"), pl.lit(asked)
    return (
        pl.when(row == typed)
        .then(_IS_ID)
        .when(name == typed)
        .then(_IS_NAME)
        .when(row.str.starts_with(asked))
        .then(_ID_BEGINS)
        .when(name.str.starts_with(asked))
        .then(_NAME_BEGINS)
        .when(_all_in("words", words, " "))
        .then(_WORDS_BEGIN)
        .when(_all_in("name", words))
        .then(_IN_NAME)
        .otherwise(_ELSEWHERE)
    )


def _hits(plan: Plan, rows: Sequence[tuple[str, _Row, int]], words: Sequence[str]) -> list[Hit]:
    """Say of each row what it is called and where the words stand in it; folds all their texts at once."""
    texts = {str(row[name]) for table, row, _ in rows for name in _told(table) if row[name] is not None}
    folded = _folds(texts)
    places = [_where(table, row, rank, words, folded) for table, row, rank in rows]
    folded |= _folds({part for _, text in places for part in text.split()})
    hits = []
    for (table, row, _), (field, text) in zip(rows, places, strict=True):
        name, item = _called(plan, table, row)
        snippet = _snippet(text, words, folded)
        hits.append(Hit(table, row_id(table, _key(table, row)), name, field, snippet, item))
    return hits


def _key(table: str, row: _Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in TABLES[table].key)


def _told(table: str) -> list[str]:
    """The columns in which a word can be found, the id first."""
    return (
        [*TABLES[table].key, *_text_columns(table)]
        if "name" in TABLES[table].by_name
        else _text_columns(table)
    )


def _folds(texts: Collection[str]) -> dict[str, str]:
    given = list(texts)
    return dict(zip(given, fold_texts(given), strict=True))


def _called(plan: Plan, table: str, row: _Row) -> tuple[str, tuple[str, str]]:
    """The name of a row, that of its ends where it joins two, and the item whose form shows it."""
    key = _key(table, row)
    if table == "links":
        start = (TABLE_OF_TIER[key[0]], key[1])
        return _joined(plan, start, (TABLE_OF_TIER[key[2]], key[3])), start
    item = (table, row_id(table, key))
    if table == "dependencies":
        return _joined(plan, ("projects", key[0]), ("projects", key[1])), item
    return str(row["name"] or key[0]), item


def _joined(plan: Plan, *ends: tuple[str, str]) -> str:
    """The names of the two ends of a row that joins them; the id of one that is not there."""
    said = []
    for table, item in ends:
        names = plan[table].filter(pl.col(TABLES[table].key[0]) == item)["name"].drop_nulls()
        said.append(str(names[0]) if len(names) else item)
    return " → ".join(said)


def _where(
    table: str, row: _Row, rank: int, words: Sequence[str], folded: Mapping[str, str]
) -> tuple[str, str]:
    """The column that says what was asked, with its text: id or name, else what says most of the words they miss."""
    columns = TABLES[table].by_name
    said = {name: folded[str(row[name])] for name in _told(table) if row[name] is not None}
    own = TABLES[table].key[0]
    if rank in {_IS_ID, _ID_BEGINS}:
        return columns[own].label, str(row[own])
    named = [said[name] for name in (own, "name") if name in said]
    missing = [word for word in words if not any(word in text for text in named)]
    if missing:
        best = max(said, key=lambda name: sum(word in said[name] for word in missing))
    else:
        best = max(said, key=lambda name: sum(word in said[name] for word in words if name in {own, "name"}))
    text = str(row[best])
    return columns[best].label, text.replace("|", " · ") if columns[best].kind == "list" else text


def _snippet(text: str, words: Sequence[str], folded: Mapping[str, str]) -> str:
    """The part of a text around the first word in it, cut between words where there is room."""
    parts = text.split()
    first = next((i for i, part in enumerate(parts) if any(word in folded[part] for word in words)), 0)
    start, room = first, _BEFORE
    while start > 0 and len(parts[start - 1]) < room:
        start -= 1
        room -= len(parts[start]) + 1
    said = " ".join(parts[start:])
    cut = said if len(said) <= _LONGEST else said[:_LONGEST].rstrip() + "…"
    return f"… {cut}" if start else cut
