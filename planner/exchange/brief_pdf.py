"""The brief as PDF: always one A4 page; it grows smaller within what can be read, and then says what is left out.

What people typed goes to the typesetter as data. It never becomes part of the template, which holds no word of a plan.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.exchange import brief_parts as parts
from planner.exchange.brief_parts import Left, Most
from planner.look import theme
from planner.look.picture import ON_A_PAGE
from planner.look.typeface import FAMILY, font_folder
from planner.rules import brief_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.look.picture import Pictures
    from planner.rules.brief import Ask, Brief

_TEMPLATE: Final = Path(__file__).with_name("brief_page.typ")
_LEAST: Final = 7.5  # points: smaller type is not read
_SIZES: Final = (10.4, 10.0, 9.6, 9.2, 8.8, 8.4, 8.0, _LEAST)
# What is left out where the whole brief does not fit at the least size: pictures stay as long as they can.
_CUTS: Final = (
    (Most(letters=600, changes=12, outcomes=24, asks=6, learnt=4, notes=3), True),
    (Most(letters=400, changes=9, outcomes=14, asks=5, learnt=2, notes=2), True),
    (Most(letters=300, changes=8, outcomes=10, asks=4, learnt=1, notes=1), True),
    (Most(letters=240, changes=6, outcomes=8, asks=3, learnt=1, notes=0), True),
    (Most(letters=240, changes=9, outcomes=10, asks=3, learnt=1, notes=0), False),
    (Most(letters=140, changes=5, outcomes=6, asks=2, learnt=1, notes=0), False),
    (Most(letters=80, changes=3, outcomes=3, asks=1, learnt=0, notes=0), False),
)
_NEVER_FITS: Final = 25_000  # letters of a brief as it is kept: a page holds half of them
_LONG_WORD: Final = re.compile(r"\S{24}(?=\S)")
_BREAK: Final = "\N{ZERO WIDTH SPACE}"


def brief_pdf(brief: Brief, pictures: Pictures) -> bytes:
    """The brief on one A4 page, with a title, its language, text that can be selected, and the pictures it is given."""
    whole = parts.cleaned(brief)
    document = {
        "title": parts.title_line(whole),
        "author": whole.plan_name,
        "description": whole.lead.text,
        "fonts": [FAMILY.lower(), "liberation sans", "dejavu sans"],
        "tones": {name: theme.one_mode(colour, "light") for name, colour in _TONES.items()},
        "unknown": parts.NOT_KNOWN,
        "heads": brief_words.OUTCOME_HEADS,
        "sections": _SECTIONS,
        "pictures": [
            {"title": one.title, "note": one.note, "alt": one.alt, "svg": one.light_svg}
            for name in ON_A_PAGE
            if (one := pictures.get(name))
        ],
        "steps": list(_steps(whole)),
    }
    return _compiled({"brief": json.dumps(document, ensure_ascii=False)})


_TONES: Final = {"ink": theme.INK, "mute": theme.MUTE, "rule": theme.RULE}
_SECTIONS: Final = {
    "changed": brief_words.CHANGED,
    "outcomes": brief_words.OUTCOMES,
    "no-outcomes": brief_words.NO_OUTCOMES,
    "asked": brief_words.ASKED,
    "nothing-asked": brief_words.NOTHING_ASKED,
    "learnt": brief_words.LEARNT,
    "notes": brief_words.NOTES,
}


@cache
def _fonts() -> Any:
    """Our typeface, and those of the machine for letters that ours lacks."""
    import typst  # noqa: PLC0415  heavy, and needed for a PDF only

    folder = font_folder()
    return typst.Fonts(font_paths=[str(folder)] if folder else [])


def _compiled(inputs: Mapping[str, str]) -> bytes:
    import typst  # noqa: PLC0415

    page: bytes = typst.compile(
        _TEMPLATE.read_bytes(), format="pdf", font_paths=_fonts(), sys_inputs=dict(inputs), timestamp=0
    )
    return page


def _steps(brief: Brief) -> Iterator[dict[str, Any]]:
    """What is tried, one after the other, until it fits on the page."""
    if len(json.dumps(brief.as_document(), ensure_ascii=False)) < _NEVER_FITS:
        page = _page(brief, Left())
        yield from ({"size": size, "pictures": True, "brief": page} for size in _SIZES)
    for most, with_pictures in _CUTS:
        yield {"size": _LEAST, "pictures": with_pictures, "brief": _page(*parts.cut(brief, most))}


def _page(brief: Brief, left: Left) -> dict[str, Any]:
    """All texts of the page."""
    verdict = parts.verdict_mark(brief)
    said: dict[str, Any] = _breakable(
        {
            "versions": parts.versions_line(brief),
            "title": parts.title_line(brief),
            "lead": brief.lead.text,
            "verdict": _mark(verdict) if verdict else None,
            "numbers": [
                {"label": number.label, "now": now, "rest": rest, "note": parts.number_note(number)}
                for number in brief.numbers
                for now, rest in [parts.figure_parts(number.now)]
            ],
            "changes": [line.text for line in brief.changes],
            "unchanged": parts.nothing_changed(brief),
            "more": parts.more_changes(brief, left.changes),
            "outcomes": _outcomes(brief),
            "more-outcomes": parts.more_of(left.outcomes, "measure of an outcome", "measures of outcomes"),
            "asks": [
                {"head": head, "asks": [_ask(ask) for ask in asks]} for head, asks in parts.ask_groups(brief)
            ],
            "more-asks": parts.more_of(left.asks, "decision"),
            "learnt": [{"head": "", "facts": parts.learnt_facts(one)} for one in brief.learnt],
            "more-learnt": parts.more_of(left.learnt, "lesson"),
            "notes": [*brief.notes, *([more] if (more := parts.more_of(left.notes, "note")) else [])],
            "footer": list(brief.footer),
        }
    )
    return said


def _ask(ask: Ask) -> dict[str, Any]:
    return {"head": parts.ask_line(ask), "facts": parts.ask_facts(ask)}


def _outcomes(brief: Brief) -> list[dict[str, Any]]:
    return [
        {
            "first": at == 0,
            "last": at == len(group) - 1,
            "span": len(group),
            "name": row.name,
            "was": _mark(parts.status_before(brief, row)),
            "now": _mark(parts.status_mark(row.now)),
            "measure": row.measure,
            "value": row.value or (parts.NOT_KNOWN if row.measure else ""),
            "path": row.path,
        }
        for group in parts.outcome_groups(brief.outcomes)
        for at, row in enumerate(group)
    ]


def _mark(mark: theme.Mark) -> dict[str, Any]:
    light = {name: theme.one_mode(getattr(mark, name), "light") for name in ("colour", "text")}
    return {**light, "word": mark.word, "glyph": mark.glyph, "shape": mark.shape, "filled": mark.filled}


def _breakable(value: Any) -> Any:
    """The same texts; a word too long for any line may be broken."""
    if isinstance(value, str):
        return _LONG_WORD.sub(rf"\g<0>{_BREAK}", value)
    if isinstance(value, dict):
        return {key: _breakable(one) for key, one in value.items()}
    return [_breakable(one) for one in value] if isinstance(value, (list, tuple)) else value
