"""What makes a sentence hard to read for somebody who is not in the trade (DOMAIN 4.3): a hint, never a refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_WORDS: Final = 25
_SHOWN: Final = 5  # words of a long sentence that are said back

# The starter list of DOMAIN 4.3, each with what one can say instead.
JARGON: Final = {
    "leverage": "use",
    "synergy": "what is gained together",
    "synergies": "what is gained together",
    "paradigm": "way of working",
    "MVP": "first usable version",
    "epic": "project",
    "sprint": "two weeks",
    "backlog": "list of work that waits",
    "refactor": "tidy up",
    "refactoring": "tidying up",
    "API": "connection",
    "APIs": "connections",
    "microservice": "small service",
    "microservices": "small services",
    "tech debt": "work that was put off",
    "technical debt": "work that was put off",
    "BAU": "day-to-day work",
    "RAID": "risks and assumptions",
    "RAG": "rating",
    "KPI": "measure",
    "KPIs": "measures",
    "ERP": "finance and ordering system",
    "SaaS": "rented software",
    "stakeholder alignment": "agreement",
    "digital transformation": "what changes, and for whom",
}
_BLAME: Final = (
    "failed to", "failure of", "incompetent", "incompetence", "careless", "carelessness", "negligent", "negligence",
    "sloppy", "lazy", "culprit", "guilty", "messed up", "screwed up", "let us down", "blame", "blamed", "to blame",
    "should have known", "his fault", "her fault", "their fault", "your fault", "fault of",
)  # fmt: skip
_NO_NUMBER: Final = {"slipped": "two quarters later", "slippage": "two quarters later"}
# Short forms that everybody reads as words, and those that are a part of how quarters and money are written.
_KNOWN: Final = frozenset(
    [
        "AI",
        "IT",
        "UK",
        "EU",
        "US",
        "USA",
        "UN",
        "OK",
        "TV",
        "PC",
        "PDF",
        "CSV",
        "ID",
        "HR",
        "GBP",
        "EUR",
        "USD",
        "CHF",
        "JPY",
        "AUD",
        "CAD",
        "VAT",
        "CEO",
        "COVID",
        "AM",
        "PM",
    ]
)

_SENTENCE: Final = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*")
_WORD: Final = re.compile(r"\S*\w\S*")
_ABBREVIATION: Final = re.compile(r"(?<![\w-])[A-Z][A-Z&]{1,5}s?(?![\w-])")


def plain_findings(text: str) -> list[str]:
    """What to mend in a text that people will read, as sentences with its own words; empty where it reads well."""
    said = " ".join(text.split())
    found = [*_long(said), *_jargon(said), *_blame(said), *_numberless(said), *_unexplained(said)]
    return list(dict.fromkeys(found))


def _long(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text):
        words = _WORD.findall(sentence)
        if len(words) > MOST_WORDS:
            start = " ".join(words[:_SHOWN])
            yield f"The sentence that begins '{start}' has {len(words)} words. Split it: 25 are enough."


def _jargon(text: str) -> Iterator[str]:
    for found in _found(text, JARGON):
        instead = next(plain for word, plain in JARGON.items() if word.casefold() == found.casefold())
        yield f"'{found}' is a word of the trade. Say it plainly, such as '{instead}'."


def _blame(text: str) -> Iterator[str]:
    for found in _found(text, _BLAME):
        yield f"'{found}' sounds like blame. Say what happened, and what is done about it."


def _numberless(text: str) -> Iterator[str]:
    for found in _found(text, _NO_NUMBER):
        yield f"'{found}' does not say how far. Write the number and the unit, such as '{_NO_NUMBER[found.casefold()]}'."


def _unexplained(text: str) -> Iterator[str]:
    known = _KNOWN | {word.upper().removesuffix("S") for word in JARGON} | {word.upper() for word in JARGON}
    for found in _ABBREVIATION.findall(text):
        bare = found.removesuffix("s")
        is_told = f"({bare})" in text or re.search(rf"(?<!\w){re.escape(bare)} \(", text)
        if bare not in known and not is_told:
            yield f"'{bare}' is not spelled out. Write it in full the first time, with '({bare})' behind it."


def _found(text: str, words: Iterable[str]) -> Iterator[str]:
    """The words that stand in a text as whole words, as they are written there; capitals are a part of a short form."""
    ordered = sorted(words, key=len, reverse=True)
    listed = "|".join(
        re.escape(word) if word[1:2].isupper() else f"(?i:{re.escape(word)})" for word in ordered
    )
    for found in re.finditer(rf"(?<![\w-])(?:{listed})(?![\w-])", text):
        yield found.group()
