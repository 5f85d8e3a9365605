"""The words of the frame: names of pages and sections, and the sentences that every page may need.

It holds no sentence about a plan; those are built in `planner.rules.sentences`.
"""

from typing import Final

APP_TITLE: Final = "Strategy Roadmap Planner"

SECTION_HOME: Final = ""  # a page without a section stands in the menu itself
SECTION_PLAN: Final = "Plan"
SECTION_ROADMAP: Final = "Roadmap"
SECTION_REVIEW: Final = "Review"
SECTION_DATA: Final = "Data"

BUG_HEADLINE: Final = "Something went wrong here, and it is not your doing."
BUG_REMEDY: Final = (
    "Nothing was written after the last thing that you saved. "
    "Load the page again; if it happens once more, whoever runs the planner finds the cause in its log."
)
