"""The script that Streamlit runs for every page: the menu, the look, and then the page itself.

It knows where pages are and nothing of what they show.
"""

import streamlit as st

from planner.errors import PlannerError
from planner.ui import address, edited, presence_line, visits, words
from planner.ui.css import page_css
from planner.ui.frame import show_refusal
from planner.ui.logo import logo_svg
from planner.ui.places import EDITING, PLACES
from planner.ui.search_box import offer_search


def menu() -> dict[str, list[st.Page]]:
    """Return the sections of the menu with their pages, in the order of `PLACES`."""
    sections: dict[str, list[st.Page]] = {}
    for place in PLACES.values():
        page = st.Page(
            place.path,
            title=place.title,
            icon=place.icon,
            url_path=place.url or None,
            default=not place.url,
        )
        sections.setdefault(place.section, []).append(page)
    return sections


def _menu_position(page: st.Page, sections: dict[str, list[st.Page]]) -> int | None:
    """Return which item of the menu (from 1) is the section of the page; None for a page without one."""
    items = 0
    for section, pages in sections.items():
        items += 1 if section else len(pages)
        if page in pages:
            return items if section else None
    return None


def main() -> None:
    """Show the page that the address names, inside the frame."""
    st.set_page_config(page_title=words.APP_TITLE, page_icon=logo_svg(), layout="wide")
    st.logo(logo_svg(), size="large")
    sections = menu()
    page = st.navigation(sections, position="top")
    address.turn_to(page.url_path)
    presence_line.leave_unless(page.url_path)
    st.html(page_css(_menu_position(page, sections)))
    offer_search()
    try:
        if page.url_path in EDITING:
            edited.settle()
            edited.show_banner()
        page.run()
        visits.note()
    except PlannerError as refusal:
        show_refusal(refusal)


main()
