"""The first sentence of the brief, its title and its foot: what kind of step it was, or what there is to tell instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from planner.rules.brief import Line
from planner.rules.sentences import (
    counted,
    day_text,
    listed_text,
    money_text,
    number_word,
    spoken_quarter,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar
    from planner.model.version import Version
    from planner.rules.changes import Change
    from planner.rules.figure import Figure
    from planner.rules.verdict_sentence import Told

HOW_TO_READ: Final = "How to read it: "
_OF_VERDICT: Final = (
    "money that moved counts most where it is near",
    "'on evidence' is what cites research, a prototype or a lesson",
)
_OF_PATHS: Final = ("'on path' is the value that a measure should have by now",)
_MOVES: Final = (
    ("joins", "joined"), ("stopped", "stopped or left"), ("later", "now finish later"), ("earlier", "now finish earlier"),
    ("finished", "finished"),
)  # fmt: skip


def title_of(version: Version, calendar: Calendar) -> str:
    """The title: 'Quarterly strategy review: Q3 FY27', with the revision or the name of a what-if."""
    quarter = spoken_quarter(calendar.parse(version.quarter), calendar)
    revision = version.label.partition(".r")[2] if version.is_sealed else ""
    more = (
        f", revision {revision}" if revision else f", what-if {version.note}" if _is_whatif(version) else ""
    )
    return f"Quarterly strategy review: {quarter}{more}"


def _is_whatif(version: Version) -> bool:
    return version.kind == "scenario"


def tell_lead(told: Told, events: Iterable[Change], since: str) -> Line:
    """The sentence with the verdict; where none can be given, how many projects moved since the quarter `since`."""
    if told.verdict:
        return _line(told.text)
    groups = Counter(change.group for change in events if change.table == "projects")
    moves = [f"{number_word(groups[group])} {said}" for group, said in _MOVES if groups[group]]
    if not moves:
        return _line(f"No project moved, joined or left since {since}. {_sentence(told.rest)}")
    one = sum(groups[group] for group, _ in _MOVES) == 1
    noun = "project" if one or moves[0].startswith("one ") else "projects"
    first, rest = moves[0].split(" ", 1)
    return _line(
        f"{_upper(first)} {noun} {listed_text([rest, *moves[1:]])} since {since}. {_sentence(told.rest)}"
    )


def tell_first(plan: Plan, live: int, cost: Figure) -> Line:
    """The sentence about a plan that has no other before it."""
    money = money_text(int(cost.value), plan.settings.currency) if cost.value is not None else ""
    number = plan["outcomes"].height
    outcomes = counted(number, "outcome", words=True) if number else "no outcome yet"
    projects = counted(live, "live project", words=True) if live else "no live project yet"
    work = f"{projects}{f' for {money}' if money else ''}"
    return _line(f"The first plan: {work}, {outcomes}; there is nothing before it to compare it with.")


def tell_foot(
    version: Version,
    baseline: Version | None,
    approval: str,
    calendar: Calendar,
    *,
    has_verdict: bool,
    has_paths: bool,
) -> tuple[str, ...]:
    """The foot of the page: which versions it is about, when it was sealed and by whom, who approved it.

    Then how to read its verdict and the paths of its measures, where it has them.
    """
    terms = (*(_OF_VERDICT if has_verdict else ()), *(_OF_PATHS if has_paths else ()))
    reading = (f"{HOW_TO_READ}{'; '.join(terms)}.",) if terms else ()
    against = f" against {baseline.label}" if baseline else ""
    if not version.is_sealed:
        spoken = spoken_quarter(calendar.parse(version.quarter), calendar)
        return (f"Draft for {spoken}{against}; not sealed yet", *reading)
    revision = version.label.partition(".r")[2] or "1"
    said = [f"{version.label.partition('.')[0]}, revision {revision},{against}".rstrip(",")]
    if version.as_of:
        said.append(
            f"baselined on {day_text(version.as_of)}{f' by {version.author}' if version.author else ''}"
        )
    if approval:
        said.append(f"approved by {approval}")
    return ("; ".join(said), *reading)


def tell_approval(decided_by: str, decision_id: str) -> str:
    """Who approved, with the decision: 'the Board (DEC-011)'."""
    return f"{decided_by} ({decision_id})" if decided_by and decision_id else decided_by or decision_id


def _line(text: str) -> Line:
    return Line("lead", text, text)


def _sentence(rest: str) -> str:
    return f"{_upper(rest).rstrip('.')}."


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
