"""The brief as a page that stands alone: its rules, its typeface and its pictures are in it, and it fetches nothing.

It follows the reader's light or dark mode, and prints on A4. There is no script, and every text is escaped.
"""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, Final

from planner.exchange import brief_parts as parts
from planner.exchange.brief_css import RULES
from planner.look.picture import ON_A_PAGE, ROADMAP
from planner.look.typeface import FAMILY, browser_font
from planner.rules import brief_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.look import theme
    from planner.look.picture import Picture, Pictures
    from planner.rules.brief import Ask, Brief, Number, OutcomeRow

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def brief_html(brief: Brief, pictures: Pictures) -> str:
    """The whole brief as one HTML document, with the pictures that it is given."""
    whole = parts.cleaned(brief)
    body = "\n".join(_body(whole, pictures))
    title = _text(parts.title_line(whole))
    head = (
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{_font()}{RULES}</style>"
    )
    return (
        f'<!doctype html>\n<html lang="{parts.LANGUAGE}">\n<head>\n{head}\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _font() -> str:
    """The typeface, written into the page; none where there is none to take."""
    font = browser_font()
    if font is None:
        return ""
    written = base64.b64encode(font).decode("ascii")
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: 200 900; '
        f'src: url("data:font/woff2;base64,{written}") format("woff2"); }}\n'
    )


def _body(brief: Brief, pictures: Pictures) -> Iterator[str]:
    yield f'<header>\n<p class="mute">{_text(parts.versions_line(brief))}</p>'
    yield f"<h1>{_text(parts.title_line(brief))}</h1>"
    if brief.lead.text:
        yield f'<p class="lead">{_verdict(brief)}{_text(brief.lead.text)}</p>'
    yield "</header>"
    yield f'<dl class="numbers">{"".join(map(_number, brief.numbers))}</dl>'
    yield from _changes(brief)
    yield from _pictures(pictures)
    yield from _outcomes(brief)
    yield from _asks(brief)
    if brief.learnt:
        yield f"<section><h2>{_text(brief_words.LEARNT)}</h2>"
        yield from (f"<p>{_facts(parts.learnt_facts(one))}</p>" for one in brief.learnt)
        yield "</section>"
    if brief.notes:
        yield f"<section><h2>{_text(brief_words.NOTES)}</h2>"
        yield from (f"<p>{_text(note)}</p>" for note in brief.notes)
        yield "</section>"
    yield f"<footer>{''.join(f'<p>{_text(said)}</p>' for said in brief.footer)}</footer>"


def _text(text: str) -> str:
    return escape(text, quote=True)


def _shape(mark: theme.Mark) -> str:
    return f'<span class="shape" style="color:{mark.colour}" aria-hidden="true">{mark.glyph}</span>'


def _verdict(brief: Brief) -> str:
    mark = parts.verdict_mark(brief)
    return f"{_shape(mark)} " if mark else ""


def _marked(mark: theme.Mark) -> str:
    shape = f"{_shape(mark)} " if mark.glyph else ""
    return f'<span class="status" style="color:{mark.text}">{shape}{_text(mark.word)}</span>'


def _number(number: Number) -> str:
    now, rest = parts.figure_parts(number.now)
    said = (
        f"<b>{_text(now)}</b> {_text(rest)}" if number.now else f'<span class="mute">{parts.NOT_KNOWN}</span>'
    )
    note = parts.number_note(number)
    return f'<div><dt>{_text(number.label)}</dt><dd>{said}</dd><dd class="mute">{_text(note)}</dd></div>'


def _changes(brief: Brief) -> Iterator[str]:
    yield f"<section><h2>{_text(brief_words.CHANGED)}</h2>"
    if brief.changes:
        yield f"<ul>{''.join(f'<li>{_text(line.text)}</li>' for line in brief.changes)}</ul>"
    else:
        yield f'<p class="mute">{_text(parts.nothing_changed(brief))}</p>'
    if brief.more:
        yield f'<p class="mute">{_text(parts.more_changes(brief))}</p>'
    yield "</section>"


def _pictures(pictures: Pictures) -> Iterator[str]:
    pair = [pictures[name] for name in ON_A_PAGE if name in pictures]
    if pair:
        yield f'<div class="pair">{"".join(map(_figure, pair))}</div>'
    if ROADMAP in pictures:
        yield f'<div class="wide">{_figure(pictures[ROADMAP])}</div>'


def _figure(picture: Picture) -> str:
    """A picture with its words; what is drawn in it is told as one, not mark by mark."""
    width, height = picture.size
    drawn = picture.svg.replace("<svg", f'<svg role="presentation" style="max-width:{width * 1.4:g}px"', 1)
    drawn = drawn.replace(f'width="{width:g}" height="{height:g}"', 'width="100%"', 1)
    said = f"<figcaption><b>{_text(picture.title)}</b><br><span>{_text(picture.note)}</span></figcaption>"
    return f'<figure>{said}<div role="img" aria-label="{_text(picture.alt)}">{drawn}</div></figure>'


def _outcomes(brief: Brief) -> Iterator[str]:
    yield f"<section><h2>{_text(brief_words.OUTCOMES)}</h2>"
    if brief.outcomes:
        heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in brief_words.OUTCOME_HEADS)
        groups = "".join(_group(brief, group) for group in parts.outcome_groups(brief.outcomes))
        yield f'<div class="table"><table><thead><tr>{heads}</tr></thead>{groups}</table></div>'
    else:
        yield f'<p class="mute">{_text(brief_words.NO_OUTCOMES)}</p>'
    yield "</section>"


def _group(brief: Brief, rows: Sequence[OutcomeRow]) -> str:
    """The measures of one outcome; its name and statuses stand once beside them."""
    first, span = rows[0], f' rowspan="{len(rows)}"'
    was, now = _marked(parts.status_before(brief, first)), _marked(parts.status_mark(first.now))
    beside = f'<th scope="rowgroup"{span}>{_text(first.name)}</th><td{span}>{was}</td><td{span}>{now}</td>'
    lines = []
    for at, row in enumerate(rows):
        value = row.value or (parts.NOT_KNOWN if row.measure else "")
        cells = f"<td>{_text(row.measure)}</td><td>{_text(value)}</td><td>{_text(row.path)}</td>"
        lines.append(f"<tr>{beside if at == 0 else ''}{cells}</tr>")
    return f"<tbody>{''.join(lines)}</tbody>"


def _asks(brief: Brief) -> Iterator[str]:
    for head, asks in parts.ask_groups(brief):
        yield f"<section><h2>{_text(head)}</h2>{''.join(map(_ask, asks))}</section>"
    if not brief.asks:
        yield f'<section><h2>{_text(brief_words.ASKED)}</h2><p class="mute">{_text(brief_words.NOTHING_ASKED)}</p></section>'


def _ask(ask: Ask) -> str:
    return f"<p><b>{_text(parts.ask_line(ask))}</b> {_facts(parts.ask_facts(ask))}</p>"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    return " ".join(
        f'<span class="fact"><span class="mute">{_text(label)}:</span> {_text(text)}</span>'
        for label, text in facts
    )
