"""What every printed form of the brief says around its texts: heads, labels and what instead of nothing; it sets no page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from planner.look import theme
from planner.look.lettering import clipped, plain
from planner.rules import brief_words
from planner.rules.brief import Brief
from planner.rules.sentences import counted, day_text, quarter_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.rules.brief import Ask, Learnt, Number, OutcomeRow

    Facts = list[tuple[str, str]]  # labels with their texts

NOT_KNOWN: Final = "not known"
LANGUAGE: Final = "en-GB"
_FIGURE: Final = re.compile(r"((?:[A-Z]{3} )?\S+(?: / \S+)?)(?: (.*))?\Z")
_DECIDED: Final = "decided"
_NO_MARK: Final = theme.Mark(
    "not there", "", "circle", 1.0, filled=False, colour=theme.FAINT, text=theme.MUTE
)


@dataclass(frozen=True, slots=True)
class Most:
    """How much of a brief one form has room for; what is left out is counted. `letters` is the longest text."""

    letters: int
    changes: int
    outcomes: int
    asks: int
    learnt: int
    notes: int


@dataclass(frozen=True, slots=True)
class Left:
    """How many of each are left out, 0 for none."""

    changes: int = 0
    outcomes: int = 0
    asks: int = 0
    learnt: int = 0
    notes: int = 0


def cleaned(brief: Brief) -> Brief:
    """The same brief without what no file can hold and the lines that somebody left out, its values in words."""
    outcomes = tuple(replace(row, value=brief_words.value_words(row.value)) for row in brief.outcomes)
    changes = tuple(line for line in brief.changes if line.text)
    return _each_text(replace(brief, changes=changes, outcomes=outcomes), plain)


def cut(brief: Brief, most: Most) -> tuple[Brief, Left]:
    """As much of a brief as there is room for, and how many more there are of each."""
    open_asks, closed = waiting(brief), taken(brief)
    asks = (*open_asks, *closed)[: most.asks]
    kept = replace(
        brief,
        changes=brief.changes[: most.changes],
        outcomes=brief.outcomes[: most.outcomes],
        asks=asks,
        due_again=brief.due_again[: most.asks - len(asks)],
        learnt=brief.learnt[: most.learnt],
        notes=brief.notes[: most.notes],
    )
    left = Left(
        len(brief.changes) - len(kept.changes),
        len(brief.outcomes) - len(kept.outcomes),
        len(brief.asks) + len(brief.due_again) - len(kept.asks) - len(kept.due_again),
        len(brief.learnt) - len(kept.learnt),
        len(brief.notes) - len(kept.notes),
    )
    return _each_text(kept, lambda text: clipped(text, most.letters)), left


def _each_text(brief: Brief, change: Callable[[str], str]) -> Brief:
    """The same brief with each of its texts changed."""

    def of(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, dict):
            return {name: of(one) for name, one in value.items()}
        return [of(one) for one in value] if isinstance(value, (list, tuple)) else value

    return Brief.of_document({name: of(one) for name, one in brief.as_document().items()})


def waiting(brief: Brief) -> list[Ask]:
    """The questions that nobody has answered yet."""
    return [ask for ask in brief.asks if ask.status != _DECIDED]


def taken(brief: Brief) -> list[Ask]:
    """The questions that were answered since the version before."""
    return [ask for ask in brief.asks if ask.status == _DECIDED]


def ask_groups(brief: Brief) -> list[tuple[str, list[Ask]]]:
    """The decisions under their heads: what is asked, what was decided, what comes back; no empty group."""
    groups = (
        (brief_words.ASKED, waiting(brief)),
        (brief_words.TAKEN, taken(brief)),
        (brief_words.DUE, list(brief.due_again)),
    )
    return [(head, asks) for head, asks in groups if asks]


def ask_line(ask: Ask) -> str:
    """The question with its id."""
    return f"{ask.decision_id}: {ask.question}" if ask.decision_id else ask.question


def ask_facts(ask: Ask) -> Facts:
    """What stands beside a question, each with its label."""
    if ask.status == _DECIDED:
        said = [
            ("Decided", ask.decision),
            ("On", _day(ask.decided_on)),
            ("By", ask.decided_by),
            ("A second look in", quarter_words(ask.review_quarter)),
        ]
    else:
        said = [
            ("Options", "; ".join(ask.options)),
            ("Recommended", ask.recommendation),
            ("Needed by", _day(ask.needed_by)),
            ("Owner", ask.owner),
        ]
    return [(label, text) for label, text in said if text]


def learnt_facts(one: Learnt) -> Facts:
    """A lesson in its four steps."""
    said = (
        ("Planned", one.planned),
        ("Happened", one.happened),
        ("Lesson", one.lesson),
        ("From now on", one.action),
    )
    return [(label, text) for label, text in said if text]


def nothing_changed(brief: Brief) -> str:
    """What stands instead of the changes where there are none."""
    return brief_words.NOTHING_CHANGED if brief.baseline else brief_words.NOTHING_BEFORE


def figure_parts(said: str) -> tuple[str, str]:
    """A figure, and what belongs to it in smaller type: '+0.63' and 'quarters', '£3.8m' and '(+8.2%)'."""
    found = _FIGURE.match(said)
    return (found[1], found[2] or "") if found else (said, "")


def number_note(number: Number) -> str:
    """What stands under one of the six numbers: the one before it, or why it is not known."""
    if not number.now:
        return number.reason
    return f"before: {number.before}" if number.before else ""


def outcome_groups(rows: Sequence[OutcomeRow]) -> Iterator[list[OutcomeRow]]:
    """The rows of each outcome, in their order."""
    for _, group in groupby(rows, key=lambda row: row.outcome_id):
        yield list(group)


def status_mark(status: str) -> theme.Mark:
    """The shape, word and colour of an outcome's status; an outcome that was not there has a word only."""
    return theme.STATUS.get(status, _NO_MARK)


def status_before(brief: Brief, row: OutcomeRow) -> theme.Mark:
    """How an outcome stood in the version before; nothing where there was none."""
    return status_mark(row.was) if brief.baseline else replace(_NO_MARK, word="")


def verdict_mark(brief: Brief) -> theme.Mark | None:
    """The shape and colour of the verdict; None where none is given."""
    return theme.VERDICT.get(brief.verdict)


def title_line(brief: Brief) -> str:
    """The title with the months of its quarter."""
    return f"{brief.title} ({brief.months})" if brief.months else brief.title


def versions_line(brief: Brief) -> str:
    """Which version is told, against which."""
    against = f" against {brief.baseline}" if brief.baseline else ""
    return f"{brief.plan_name}: {brief.current}{against}" if brief.plan_name else f"{brief.current}{against}"


def more_changes(brief: Brief, left: int = 0) -> str:
    """How many changes are not told: small ones, and those that had no room; empty for none."""
    small, one = brief.more, brief.untold
    if not brief.verdict:
        small, left = small + left, 0
    said = [
        counted(left, "more change") if left else "",
        counted(small, one if left else f"more {one}") if small else "",
    ]
    told = " and ".join(part for part in said if part)
    return f"{told} in the planner." if told else ""


def more_of(left: int, one: str, many: str = "") -> str:
    """How many more of a sort the planner has; empty for none."""
    return f"{counted(left, f'more {one}', f'more {many}' if many else '')} in the planner." if left else ""


def standing_text(brief: Brief) -> str:
    """Title, sentence, figures and outcomes as lines of text, for the notes of a slide."""
    lines = [title_line(brief), versions_line(brief), "", brief.lead.text, ""]
    for number in brief.numbers:
        note = number_note(number)
        lines.append(f"{number.label}: {number.now or NOT_KNOWN}{f' ({note})' if note else ''}")
    lines += ["", f"{brief_words.OUTCOMES}:", *([] if brief.outcomes else [brief_words.NO_OUTCOMES])]
    for row in brief.outcomes:
        was = f" (was {status_mark(row.was).word})" if brief.baseline else ""
        lines.append(f"{row.name}, {status_mark(row.now).word}{was}{_measured(row)}")
    return "\n".join(lines)


def _measured(row: OutcomeRow) -> str:
    if not row.measure:
        return ""
    path = f", on path {row.path}" if row.path else ""
    return f": {row.measure} {row.value or NOT_KNOWN}{path}"


def changes_text(brief: Brief) -> str:
    """All changes as lines of text, for the notes of a slide."""
    told = [line.text for line in brief.changes] or [nothing_changed(brief)]
    return "\n".join([f"{brief_words.CHANGED}:", *told, more_changes(brief)]).rstrip()


def decisions_text(brief: Brief) -> str:
    """Decisions, lessons, notes and the foot as lines of text, for the notes of a slide."""
    lines = [] if brief.asks else [brief_words.NOTHING_ASKED]
    for head, asks in ask_groups(brief):
        lines += ["", f"{head}:", *(f"{ask_line(ask)} {_told(ask_facts(ask))}" for ask in asks)]
    if brief.learnt:
        lines += ["", f"{brief_words.LEARNT}:", *(_told(learnt_facts(one)) for one in brief.learnt)]
    if brief.notes:
        lines += ["", f"{brief_words.NOTES}:", *brief.notes]
    return "\n".join([*lines, "", *brief.footer]).strip()


def _told(facts: Facts) -> str:
    return " ".join(f"{label}: {text.rstrip('.')}." for label, text in facts)


def _day(text: str) -> str:
    """A day as people read it; what is no ISO date stays as it is."""
    try:
        return day_text(dt.date.fromisoformat(text)) if text else ""
    except ValueError:
        return text
