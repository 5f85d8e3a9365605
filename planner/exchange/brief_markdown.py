"""The brief as Markdown: the form of the sample's packs, byte for byte; what people typed is data, never markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from planner.rules.brief_words import NO_OUTCOMES, NOTHING_ASKED, NOTHING_BEFORE, NOTHING_CHANGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.rules.brief import Ask, Brief, Learnt, Number, OutcomeRow

_MINUS = "\N{MINUS SIGN}"
# What Markdown reads as markup inside a line, and what GitHub's makes a link of by itself.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~$]|&(?=#?\w+;)|:(?=//)|@(?=\w)|(?<=\bwww)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^(\d*)([#>+=.)-])")  # a heading, a list, a quote


def brief_markdown(brief: Brief, images: Mapping[str, str] | None = None) -> str:
    """The brief as one page of Markdown, ending with a line break.

    `images` are names of files beside the page with what each shows in words; they stand under what changed.
    """
    changes = [line.text for line in brief.changes if line.text]
    parts = [f"# {_text(brief.title)}"]
    if brief.lead.text:
        parts.append(f"**In one sentence.** {_text(brief.lead.text)}")
    parts += [
        _table(("Measure", "Now"), (_number(one) for one in brief.numbers)),
        _section(
            "What changed",
            [f"- {_text(said, start=True)}" for said in changes]
            or [NOTHING_CHANGED if brief.baseline else NOTHING_BEFORE],
        ),
        *(_image(file, shows) for file, shows in (images or {}).items()),
        _section("Outcomes", [_outcomes(brief.outcomes)]),
        _section("Decisions asked", [_ask(one) for one in brief.asks] or [NOTHING_ASKED]),
    ]
    if brief.asks or brief.learnt:
        parts.append(_section("What we learned", [_learnt(one) for one in brief.learnt]))
    if brief.notes:
        parts.append(_section("Notes", ["\n\n".join(_text(note, start=True) for note in brief.notes)]))
    return "\n\n".join(parts) + "\n"


def _text(text: str, *, start: bool = False) -> str:
    """Write what people typed so that it is shown as it is; `start` where it opens a line."""
    said = _MARKUP.sub(r"\\\1", " ".join(text.split()).replace(_MINUS, "-"))
    return _AT_START.sub(r"\1\\\2", said) if start else said


def _image(file: str, shows: str) -> str:
    """A picture beside the page; a name that was typed may hold what ends a link, and bytes that are no text."""
    return f"![{_text(shows)}]({quote(file, safe='', errors='surrogateescape')})"


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"## {title}", *lines])


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, *rows]
    head, *body = (f"| {' | '.join(line)} |" for line in lines)
    return "\n".join([head, "|---" * len(heads) + "|", *body])


def _number(number: Number) -> tuple[str, str]:
    return _text(number.label), _text(number.now) or f"not known: {_text(_clause(number.reason))}"


def _clause(reason: str) -> str:
    """A whole sentence as the second half of another one."""
    return f"{reason[:1].lower()}{reason[1:]}".rstrip(".")


def _outcomes(rows: Iterable[OutcomeRow]) -> str:
    lines = [
        tuple(_text(cell) for cell in (row.name, row.was, row.now, row.measure, row.value, row.path))
        for row in rows
    ]
    return _table(("Outcome", "Was", "Now", "Measure", "Value", "On path"), lines) if lines else NO_OUTCOMES


def _ask(ask: Ask) -> str:
    said = [f"- {_text(ask.decision_id)}: {_text(ask.question)}"]
    if ask.options:
        said.append(f"Options: {'; '.join(_text(option) for option in ask.options)}.")
    if ask.status == "decided":
        said.append(f"Decided: {_ended(ask.decision)}")
        return " ".join(said)
    if ask.recommendation:
        said.append(f"Recommended: {_ended(ask.recommendation)}")
    by = f" by {_text(ask.needed_by)}" if ask.needed_by else ""
    of = f" from {_text(ask.owner)}" if ask.owner else ""
    said.append(f"An answer is needed{by}{of}." if by or of else "Not decided yet.")
    return " ".join(said)


def _learnt(one: Learnt) -> str:
    parts = (
        ("Planned", one.planned),
        ("Happened", one.happened),
        ("Lesson", one.lesson),
        ("From now on", one.action),
    )
    return "- " + " ".join(f"{word}: {_ended(said)}" for word, said in parts if said)


def _ended(text: str) -> str:
    """A text as a sentence: with one full stop at its end."""
    return f"{_text(text).rstrip('.')}."
