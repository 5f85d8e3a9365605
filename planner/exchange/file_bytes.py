"""From the bytes of a file to clean UTF-8 with line feeds, or the one problem that stops it; no CSV yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.model.finding import Problem

MOST_HEADER_BYTES = 64_000
MOST_COLUMNS = 256
MOST_CELL_BYTES = 32_000
MOST_LINE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold."""

    file_bytes: int
    rows: int


UPLOAD = Limits(file_bytes=50_000_000, rows=500_000)
"""For files from people: far more than a plan of 10,000 projects with its phasing."""
OUR_OWN = Limits(file_bytes=10**12, rows=10**9)
"""For archives that the planner wrote itself: whatever was sealed can be restored."""
SAVE_AS = "Save it as 'CSV UTF-8' and import it again."
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAGIC = (
    (b"PK\x03\x04", "a zip file or an Excel workbook"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7z file"),
    (b"Rar!", "a RAR file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a rich text document"),
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
)
_MARKUP = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
    (b"{", "a JSON file"),
    (b"[{", "a JSON file"),
)
_DUCKDB_MARK = b"DUCK"


def clean_text(file: str, data: bytes, limits: Limits = UPLOAD) -> bytes | Problem:
    """Check, decode and normalise one CSV file: UTF-8 without BOM, every line ended by a line feed."""
    if len(data) > limits.file_bytes:
        said = f"The file has more than {limits.file_bytes:,} bytes; no more are read. Split it."
        return Problem(file, 0, "", "", said)
    kind = _kind_of(data)
    if kind:
        return Problem(file, 0, "", "", f"The file is {kind}, not CSV. {SAVE_AS}")
    text = _utf8(file, data)
    if isinstance(text, Problem):
        return text
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _without_controls(file, text)


def line_at(text: bytes, position: int) -> int:
    """The line, from 1, that a position lies in."""
    return text.count(b"\n", 0, position) + 1


def _kind_of(data: bytes) -> str:
    """Name what the first bytes say the file is, or '' where it may be text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[8:12] == _DUCKDB_MARK:
        return "a DuckDB database"
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for mark, kind in _MARKUP if start.startswith(mark)), "")


def _utf8(file: str, data: bytes) -> bytes | Problem:
    """Decode by the byte order mark, else as UTF-8; nothing is guessed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            said = f"The file begins as UTF-16 text but is not. {SAVE_AS}"
            return Problem(file, 0, "", "", said)
    if data.count(b"\x00") * 4 > len(data):
        return Problem(file, 0, "", "", f"The file looks like UTF-16 text without its mark. {SAVE_AS}")
    text = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(file, text, error.start)
    return text


def _not_utf8(file: str, text: bytes, position: int) -> Problem:
    byte = text[position : position + 1]
    likely = byte.decode("cp1252", errors="ignore")
    meant = f", '{likely}' in Windows-1252" if likely else ""
    normal = text[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    said = f"The byte 0x{byte[0]:02X} is not UTF-8{meant}. {SAVE_AS}"
    return Problem(file, line_at(normal, len(normal)), "", f"0x{byte[0]:02X}", said)


def _without_controls(file: str, text: bytes) -> bytes | Problem:
    found = _CONTROLS.search(text)
    if found is None:
        return text
    code = found.group()[0]
    more = len(_CONTROLS.findall(text)) - 1
    others = f" There are {more} more in the file." if more else ""
    said = f"The line holds the control character U+{code:04X}. Remove it and import the file again.{others}"
    return Problem(file, line_at(text, found.start()), "", f"U+{code:04X}", said)
