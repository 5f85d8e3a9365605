"""What changed, as the brief tells it: the largest sentences, then one line each for finished and started work.

Which sentences there are, and their order, is said in change_sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planner.rules.brief import Line
from planner.rules.sentences import listed_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.change_sentences import Sentence

MOST_TOLD: Final = 7  # DOMAIN 4.1, its fourth point
MOST_NAMED: Final = 12  # in the lines of finished and started work; of more the rest is counted
_GATHERED: Final = (("finished", "Finished"), ("started", "Started"))


class ToldChanges(NamedTuple):
    """The lines of a brief, and how many sentences more there are."""

    lines: tuple[Line, ...]
    more: int


def tell_changes(sentences: Sequence[Sentence]) -> ToldChanges:
    """At most seven sentences, the largest first as they come, then what finished and what started (DOMAIN 4.1)."""
    own = [one for one in sentences if not one.quiet]
    lines = [_line("change", one.text, one.item) for one in own[:MOST_TOLD]]
    for part, word in _GATHERED:
        names = [one.name for one in sentences if one.quiet == part]
        if names:
            lines.append(_line(part, f"{word}: {_named(names)}."))
    refined = sum(one.quiet == "refined" for one in sentences)
    return ToldChanges(tuple(lines), max(len(own) - MOST_TOLD, 0) + refined)


def _line(part: str, text: str, item: tuple[str, str] = ("", "")) -> Line:
    return Line(part, text, text, *item)


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed_text([*names[:MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])])
