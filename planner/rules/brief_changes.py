"""What changed, as the brief tells it: the largest sentences, then one line each for finished and started work.

Which sentences there are, and their order, is said in change_sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planner.rules.brief import Line
from planner.rules.sentences import listed_text, number_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.change_sentences import Sentence

MOST_TOLD: Final = 7  # DOMAIN 4.1, its fourth point
MOST_NAMED: Final = 6  # in a line about several projects; the rest is counted
_GATHERED: Final = {"finished": "Finished", "started": "Started"}
_QUIET: Final = (*_GATHERED, "refined")
# Work that joins or leaves without a reason says no more one by one: many of a sort are one line.
_FOLDED: Final = {"joins": "projects join the plan", "stopped": "projects were stopped or taken off the plan"}
_MANY: Final = 3


class ToldChanges(NamedTuple):
    """The lines of a brief, and how many changes more there are."""

    lines: tuple[Line, ...]
    more: int


def tell_changes(sentences: Sequence[Sentence]) -> ToldChanges:
    """At most seven sentences, the largest first as they come, then what finished and what started (DOMAIN 4.1).

    Where there are more, projects that join, or leave, without a reason given are told in one line of their sort.
    """
    quiet = [one for one in sentences if _is_quiet(one)]
    own = _folded([one for one in sentences if not _is_quiet(one)])
    lines = [line for line, _ in own[:MOST_TOLD]]
    for part, word in _GATHERED.items():
        names = [one.name for one in quiet if one.group == part]
        if names:
            lines.append(_line(part, f"{word}: {_named(names)}."))
    refined = sum(one.group == "refined" for one in quiet)
    return ToldChanges(tuple(lines), sum(count for _, count in own[MOST_TOLD:]) + refined)


def _is_quiet(one: Sentence) -> bool:
    return one.group in _QUIET and one.is_bare


def _folded(own: Sequence[Sentence]) -> list[tuple[Line, int]]:
    """Each line with the number of sentences that it stands for."""
    alike: dict[str, list[Sentence]] = {}
    for one in own:
        if one.group in _FOLDED and one.is_bare and one.item[0] == "projects":
            alike.setdefault(one.group, []).append(one)
    many = {group for group, found in alike.items() if len(own) > MOST_TOLD and len(found) >= _MANY}
    lines: list[tuple[Line, int]] = []
    for one in own:
        of_group = alike.get(one.group, [])
        if one.group not in many or not one.is_bare or one.item[0] != "projects":
            lines.append((_line("change", one.text, one.item), 1))
        elif one is of_group[0]:
            said = f"{number_word(len(of_group)).capitalize()} {_FOLDED[one.group]}: {_named([each.name for each in of_group])}."
            lines.append((_line("change", said, ("", one.group)), len(of_group)))
    return lines


def _line(part: str, text: str, item: tuple[str, str] = ("", "")) -> Line:
    return Line(part, text, text, *item)


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed_text([*names[:MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])])
