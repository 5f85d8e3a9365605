"""One cell's text to its value, or the problem with it: the rules of FORMAT 1, for files and for the grid alike."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planner.exchange.cell_dates import read_date, read_quarter
from planner.exchange.cell_numbers import LEAVE_EMPTY, read_number, read_whole
from planner.exchange.misread import Misread, shown
from planner.model.columns import ID_PATTERN, LONGEST_TEXT
from planner.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.columns import Column
    from planner.model.edit import Cell
    from planner.model.quarter import Calendar

LONGEST_LINE = 600
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_ID = re.compile(ID_PATTERN.removesuffix("$"))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_ID = 120


def parse_cell(column: Column, text: str | None, calendar: Calendar) -> Cell | Problem:
    """Read the text of one cell of a column; a Problem (of line 0) where it does not read.

    The value is what a settled plan holds: None where the cell is empty, text in NFC, quarters as their
    canonical label. Blanks around a number, date, choice, quarter or flag do not count.
    """
    try:
        return read_cell(column, text, calendar)
    except Misread as misread:
        return Problem(column.table, 0, column.name, text or "", misread.message)


def read_cell(column: Column, text: str | None, calendar: Calendar) -> Cell:
    """Read one cell as `parse_cell` does; raises Misread."""
    if text is None or text == "" or (text.isspace() and column.kind not in {"text", "list"}):
        return _read_blank(column)
    match column.kind:
        case "id":
            return _read_id(text)
        case "ids":
            return _joined(sorted(_read_id(part) for part in _parts(text)))
        case "list":
            parts = _parts(_read_text(column, text))
            return _joined(parts if column.ordered else sorted(parts))
        case "text":
            return _read_text(column, text)
        case _:
            return _read_typed(column, text.strip(), calendar)


def _read_blank(column: Column) -> str | None:
    if column.required:
        raise Misread(missing(column))
    return "" if column.blank_key else None


def missing(column: Column) -> str:
    """The sentence about a cell that must not be empty."""
    return f"{column.label} is empty. Each row needs {column.name}."


def _read_typed(column: Column, text: str, calendar: Calendar) -> Cell:
    match column.kind:
        case "whole" | "money":
            return read_whole(column, text)
        case "number":
            return read_number(column, text)
        case "date":
            return read_date(column, text, calendar)
        case "quarter":
            return read_quarter(text, calendar)
        case "flag":
            return _read_flag(text)
        case _:
            return _read_choice(column, text)


def _read_text(column: Column, text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if column.required and text.isspace():
        raise Misread(missing(column))
    if found := _CONTROLS.search(text):
        said = f"{shown(text)} holds the control character U+{ord(found.group()):04X}. Remove it."
        raise Misread(said)
    most = int(column.most or LONGEST_TEXT)
    if len(text) > most:
        said = f"{shown(text)} has {len(text)} characters. Write at most {most} in {column.name}."
        raise Misread(said)
    if "\n" in text and column.kind == "list":
        raise Misread(f"{shown(text)} has a line break. Join the parts of a list by | instead.")
    if "\n" in text and most <= LONGEST_LINE:
        raise Misread(f"{shown(text)} has a line break. Write {column.name} on one line.")
    return text


def _read_id(text: str) -> str:
    if _ID.fullmatch(text):
        return text
    if len(text) > _LONGEST_ID:
        raise Misread(f"{shown(text)} has {len(text)} characters. An id has at most {_LONGEST_ID}.")
    strange = next((c for c in text if not (c.isascii() and (c.isalnum() or c in "._-"))), None)
    if strange is None:
        raise Misread(f"{shown(text)} is not an id. An id begins with a letter or a digit, such as PRJ-001.")
    named = "a blank" if strange == " " else unicodedata.name(strange, f"U+{ord(strange):04X}")
    mended = "".join(
        c for c in unicodedata.normalize("NFKD", text) if c.isascii() and (c.isalnum() or c in "._-")
    )
    instead = f"Write {shown(mended)} if that is meant." if _ID.fullmatch(mended) else "Write it anew."
    raise Misread(
        f"{shown(text)} is not an id: it holds {named}. Ids are letters A-Z, digits and . _ - only. {instead}"
    )


def _read_flag(text: str) -> bool:
    value = _FLAGS.get(text.lower())
    if value is None:
        raise Misread(f"{shown(text)} is neither yes nor no. Write true or false, or {LEAVE_EMPTY}.")
    return value


def _read_choice(column: Column, text: str) -> str:
    if text in column.allowed:
        return text
    loose = text.casefold().replace(" ", "_").replace("-", "_")
    near = get_close_matches(loose, column.allowed, n=1, cutoff=0.6)
    words = ", ".join(column.allowed)
    instead = f"Did you mean '{near[0]}'? The words are {words}." if near else f"Write one of {words}."
    raise Misread(f"{shown(text)} is not a word for {column.name}. {instead}")


def _parts(text: str) -> list[str]:
    return [part.strip(" ") for part in text.split("|") if part.strip(" ")] if "|" in text else [text]


def _joined(parts: Iterable[str]) -> str | None:
    """The parts of a list, each once."""
    return "|".join(dict.fromkeys(parts)) or None
