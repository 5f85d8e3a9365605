"""Briefs for the tests of its forms: those of the sample's packs, an empty one, and a hostile one that is far too long."""

from __future__ import annotations

import re

from planner.rules.brief import Ask, Brief, Learnt, Line, Number, OutcomeRow
from tests.sample_plans import SHARED

HOSTILE = (
    "#panic()",
    "<script>alert(1)</script>",
    "*bold* _low_ `code`",
    "$1$ + $x_2$",
    '#image("/etc/passwd")',
    "[link](https://example.com)",
    "שלום עולם",
    "🚀 launch",
    "]]><svg onload=alert(1)>",
    "{{ 7 * 7 }} ${HOME} %s",
    "\\u{41} \\ @ref <label> ~ -- ---",
    "& &amp; &#65;",
)
CONTROLS = "bell\x07, null\x00, turned\u202e, half\ud800, line\u2028break\r\n, escape\x1b[31m"
LONG_NAME = "The programme of programmes " * 7 + "end"  # 199 letters
LONG_WORD = "Donaudampfschifffahrt" * 12


def pack_brief(label: str) -> Brief:
    """The brief of a refresh of the sample, as its pack tells it."""
    text = (SHARED / "sample" / f"expected_pack_{label}.md").read_text(encoding="utf-8")
    title, lead = text.splitlines()[0].removeprefix("# "), re.search(r"sentence\.\*\* (.*)", text)[1]
    sections = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    verdict = "small_regular" if lead.startswith("Small") else "knee_jerk"
    return Brief(
        plan_name="Harbourline Mutual",
        title=title,
        months="April–June 2026",  # noqa: RUF001
        current=label,
        baseline="the one before",
        verdict=verdict,
        lead=Line("lead", lead, lead),
        numbers=tuple(
            Number(str(at), label, now, "") for at, (label, now) in enumerate(_rows(text.split("\n## ")[0]))
        ),
        changes=tuple(Line("change", said, said) for said in _listed(sections["What changed"])),
        more=7,
        outcomes=tuple(OutcomeRow(row[0], *row) for row in _rows(sections["Outcomes"])),
        asks=tuple(_ask(said) for said in _listed(sections["Decisions asked"])),
        learnt=tuple(
            Learnt(str(at), *re.split(r"\.? ?(?:Planned|Happened|Lesson|From now on): ", said)[1:])
            for at, said in enumerate(_listed(sections["What we learned"]))
        ),
        footer=(f"{label}, revision 1; baselined on 17 April 2026", "How to read it: slowly."),
    )


def _listed(text):
    return [line[2:] for line in text.splitlines() if line.startswith("- ")]


def _rows(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def _ask(said):
    key, question, options, decision = re.match(
        r"(\S+): (.*?) Options: (.*?)\. Decided: (.*)\.", said
    ).groups()
    return Ask(
        key,
        "decided",
        question,
        tuple(options.split("; ")),
        "",
        "",
        "",
        decision,
        "2026-04-17",
        "the Board",
        "FY28-Q1",
    )


def empty_brief() -> Brief:
    """A brief of a plan without a baseline, money, outcomes, asks and lessons."""
    numbers = tuple(Number(key, f"Number {key}", "", "", "Nothing is phased yet.") for key in "abcdef")
    lead = "The first plan: one live project; there is nothing before it to compare it with."
    return Brief(
        "",
        "Quarterly strategy review: Q1 2026",
        "",
        "2026-Q1",
        "",
        "",
        Line("lead", lead, lead),
        numbers,
        (),
        0,
        (),
        (),
        (),
    )


def hostile_brief(times: int = 1) -> Brief:
    """A brief whose every text is hostile; `times` makes it as long as one likes."""
    texts = [*HOSTILE, CONTROLS, LONG_NAME, LONG_WORD] * times
    ask = [
        Ask(text, status, text, tuple(texts[:3]), text, text, text, text, text, text, text)
        for text in texts
        for status in ("asked", "decided")
    ]
    return Brief(
        plan_name=texts[0],
        title=LONG_NAME,
        months=texts[3],
        current=texts[1],
        baseline=texts[2],
        verdict=texts[4],
        lead=Line("lead", " ".join(texts), ""),
        numbers=tuple(Number(str(at), text, text, text, text) for at, text in enumerate(texts[:6])),
        changes=tuple(Line("change", text, "") for text in texts),
        more=12,
        outcomes=tuple(
            OutcomeRow(str(at), text, "red", text, text, text, text) for at, text in enumerate(texts)
        ),
        asks=tuple(ask),
        learnt=tuple(Learnt(text, text, text, text, text) for text in texts),
        footer=tuple(texts[:3]),
        notes=tuple(texts),
        due_again=tuple(ask),
    )
