"""The forms of the brief, their pictures drawn anew each time, against the bound of the issue and against a bare page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typst

from planner.charts.brief_pictures import brief_pictures
from planner.exchange.brief_html import brief_html
from planner.exchange.brief_pdf import brief_pdf
from planner.exchange.brief_pptx import brief_pptx
from planner.look.picture import ON_A_PAGE
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.timing import in_turns, spoken
from tests.charts.reviews import Two
from tests.exchange.briefs import pack_brief
from tests.sample_plans import sample_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = b"A page with one line of text."
SECONDS = 3.0
ROUNDS = 9
PDF = "brief in PDF"
QUARTERS = ("FY26-Q4", "FY27-Q1")  # the largest refresh of the sample


def brief_lines() -> Iterator[Line]:
    """A line for each form: how long it takes, and times a bare page; the first round, which loads, does not count."""
    review, brief = Two(*map(sample_plan, QUARTERS), QUARTERS), pack_brief(QUARTERS[1])
    forms = {
        PDF: lambda: brief_pdf(brief, brief_pictures(review, ON_A_PAGE)),
        "brief as slides": lambda: brief_pptx(brief, brief_pictures(review, ON_A_PAGE)),
        "brief as a page of its own": lambda: brief_html(brief, brief_pictures(review)),
    }
    for form, made in forms.items():
        ratio = in_turns(made, lambda: typst.compile(BARE, format="pdf"), ROUNDS)
        told = at_most(f"{form}, pictures included", ratio, "a bare page in PDF", None)
        bound = (f"<= {spoken(SECONDS)}", "yes" if ratio.ours <= SECONDS else "**no**") if form == PDF else ()
        yield Line(told.what, told.ours, told.against, told.ratio, *bound)
