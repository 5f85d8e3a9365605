"""Where each page is: its file, its address and its place in the menu; it draws no page.

Other pages link to a place by its key, so that an address is written once.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from planner.ui import words

_ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the menu."""

    key: str
    title: str
    file: str
    section: str
    icon: str
    url: str

    @property
    def path(self) -> str:
        """The file of the page, as `st.page_link` and `st.switch_page` want it."""
        return str(_ROOT / self.file)

    def href(self, **query: str) -> str:
        """Return the address of the page with `query`, for a link in HTML; relative, so that a prefix holds."""
        return f"./{self.url}" + (f"?{urlencode(query)}" if query else "")


_ALL: Final = (
    Place("home", "Home", "pages/home.py", words.SECTION_HOME, ":material/home:", ""),
    Place(
        "outcomes", "Outcomes", "pages/plan/outcomes.py", words.SECTION_PLAN, ":material/flag:", "outcomes"
    ),
    Place(
        "capabilities",
        "Capabilities",
        "pages/plan/capabilities.py",
        words.SECTION_PLAN,
        ":material/account_tree:",
        "capabilities",
    ),
    Place(
        "enablers", "Enablers", "pages/plan/enablers.py", words.SECTION_PLAN, ":material/memory:", "enablers"
    ),
    Place(
        "projects",
        "Projects",
        "pages/plan/projects.py",
        words.SECTION_PLAN,
        ":material/edit_note:",
        "projects",
    ),
    Place("links", "Links", "pages/plan/links.py", words.SECTION_PLAN, ":material/grid_on:", "links"),
    Place(
        "work",
        "Phasing and dependencies",
        "pages/plan/work.py",
        words.SECTION_PLAN,
        ":material/calendar_view_month:",
        "work",
    ),
    Place("teams", "Teams", "pages/plan/teams.py", words.SECTION_PLAN, ":material/groups:", "teams"),
    Place(
        "many",
        "Change many",
        "pages/plan/change_many.py",
        words.SECTION_PLAN,
        ":material/rule:",
        "change-many",
    ),
    Place(
        "scenarios",
        "What-if",
        "pages/plan/scenarios.py",
        words.SECTION_PLAN,
        ":material/alt_route:",
        "what-if",
    ),
    Place(
        "timeline",
        "Timeline",
        "pages/roadmap/timeline.py",
        words.SECTION_ROADMAP,
        ":material/view_timeline:",
        "timeline",
    ),
    Place(
        "refresh",
        "Refresh",
        "pages/review/refresh.py",
        words.SECTION_REVIEW,
        ":material/published_with_changes:",
        "refresh",
    ),
    Place(
        "drift", "Drift", "pages/review/drift.py", words.SECTION_REVIEW, ":material/compare_arrows:", "drift"
    ),
    Place("brief", "Brief", "pages/review/brief.py", words.SECTION_REVIEW, ":material/article:", "brief"),
    Place("trend", "Trend", "pages/review/trend.py", words.SECTION_REVIEW, ":material/trending_up:", "trend"),
    Place(
        "registers",
        "Registers",
        "pages/review/registers.py",
        words.SECTION_REVIEW,
        ":material/menu_book:",
        "registers",
    ),
    Place(
        "decisions",
        "Decisions and insights",
        "pages/review/decisions.py",
        words.SECTION_REVIEW,
        ":material/gavel:",
        "decisions",
    ),
    Place("item", "Item life", "pages/review/item.py", words.SECTION_REVIEW, ":material/timeline:", "item"),
    Place(
        "since",
        "Since you last looked",
        "pages/review/since.py",
        words.SECTION_REVIEW,
        ":material/update:",
        "since",
    ),
    Place(
        "versions", "Versions", "pages/data/versions.py", words.SECTION_DATA, ":material/history:", "versions"
    ),
    Place(
        "exchange",
        "Exchange",
        "pages/data/exchange.py",
        words.SECTION_DATA,
        ":material/import_export:",
        "exchange",
    ),
)
PLACES: Final = {place.key: place for place in _ALL}
# The pages on which a version is edited: the draft, or a what-if.
EDITING: Final = frozenset(
    place.url for place in _ALL if place.section == words.SECTION_PLAN and place.key != "scenarios"
)


def place(key: str) -> Place:
    """Return the page of that key."""
    return PLACES[key]
