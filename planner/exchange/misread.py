"""A cell that cannot be read, inside this package: the sentence about it; outside it is a Problem."""

from __future__ import annotations

_MOST_SHOWN = 60


class Misread(Exception):
    """The sentences about one cell, on their way to a Problem: what is wrong and what to write instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def shown(text: str) -> str:
    """A cell's text in quotation marks for a sentence: short, and with nothing in it that cannot be seen."""
    cut = text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
    return "'" + "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in cut) + "'"
