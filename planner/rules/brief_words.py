"""The headings of a brief and what stands where there is nothing to tell, one for page, paper and slides; it tells no change.

And how a page writes the values that a brief keeps as the registers have them.
"""

from __future__ import annotations

import re
from typing import Final

CHANGED: Final = "What changed"
OUTCOMES: Final = "Outcomes"
OUTCOME_HEADS: Final = ("Outcome", "Was", "Now", "Measure", "Value", "On path")
ASKED: Final = "Decisions asked"
TAKEN: Final = "Decided since last time"
DUE: Final = "Decided a while ago: still right?"
LEARNT: Final = "What we learned"
NOTES: Final = "Notes"
NOTHING_CHANGED: Final = "Nothing to tell: no item joined, left, moved or changed its cost."
NOTHING_BEFORE: Final = "This is the first plan. What changes stands here from the next one on."
NO_OUTCOMES: Final = "No outcome is in the plan, so nothing says what the work is for."
NOTHING_ASKED: Final = "Nothing is asked of the leaders this quarter, and nothing was decided."
NOTHING_LEARNT: Final = "No lesson was written down."
NOTHING_OPEN: Final = "Nothing is asked of the leaders this quarter."
_UNIT: Final = re.compile(r" (%|count)\Z")


def value_words(value: str) -> str:
    """The value of a measure as people write it: '20%' for '20 %', and a count without its unit."""
    return _UNIT.sub(lambda unit: unit[1].removesuffix("count"), value)
