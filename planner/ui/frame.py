"""What every page has: header, lead sentence, sections, empty state, its table as CSV, good and bad news.

It holds nothing about plans; a page says what they are called and what they show.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import streamlit as st

from planner.charts import theme
from planner.charts.pictures import WIDTH, chart_picture
from planner.errors import PlannerError
from planner.look.picture import Picture
from planner.ui import words
from planner.ui.markup import Html, md, tag
from planner.ui.news import News, news_of
from planner.ui.places import place

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from planner.charts.pictures import Chart
    from planner.look.picture import KeyEntry


def page_header(
    title: str, subtitle: str, actions: Callable[[], object] | None = None, *, share: float = 0.55
) -> "DeltaGenerator":
    """Show the title with one mute line, and at the right what can be done here.

    `actions` draws its buttons or selectors side by side. The place they stand in is returned as well,
    for a page that has to fill it later: `with page_header(...): st.button(...)`. `share` is the title's part
    of the width.
    """
    left, right = st.columns([share, 1 - share], vertical_alignment="bottom")
    left.html(tag("h1", title, class_="p-title") + tag("p", subtitle, class_="p-subtitle"))
    place_of_actions = right.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="bottom", gap="small"
    )
    if actions is not None:
        with place_of_actions:
            actions()
    return place_of_actions


def lead(sentence: str | Html) -> None:
    """Show the sentence that says what the page shows; `Html` may set its key words in `strong`."""
    st.html(tag("p", sentence, class_="p-lead"))


def section(title: str, note: str | Html = "", below: Html | None = None) -> None:
    """Show the title of a part of the page, with one mute line under it, and what stands below in the same element."""
    head = tag("h2", title, class_="p-section") + (tag("p", note, class_="p-note") if note else "")
    st.html(head if below is None else head + tag("div", below, style="margin-top:1rem"))


def empty_state(sentence: str | Html, next_step_page: str, label: str) -> None:
    """Say in one sentence why there is nothing to see, and offer the step that mends it."""
    with st.container(border=True):
        st.html(tag("p", sentence, class_="p-empty"))
        link_to(next_step_page, label)


def link_to(
    page: str, label: str, *, note: str = "", icon: str | None = ":material/arrow_forward:", **query: str
) -> None:
    """Show a link to the page of that key in `planner.ui.places`, its view given by `query`.

    A note stands small with it, and gives the link the width that there is.
    """
    told = f"{md(label)} :small[{md(note)}]" if note else md(label)
    st.page_link(
        place(page).path,
        label=told,
        icon=icon,
        query_params=query or None,
        width="stretch" if note else "content",
    )


def offer_csv(
    file: str,
    build: Callable[[], bytes],
    told: str | None = None,
    *,
    label: str = "CSV",
    is_quiet: bool = False,
    key: str = "csv",
) -> None:
    """Offer a table of the page as a file, built when it is asked for; `is_quiet` draws it like a link.

    A page that offers several gives each its own `key`.
    """
    st.download_button(
        label,
        build,
        file,
        "text/csv",
        icon=":material/download:",
        type="tertiary" if is_quiet else "secondary",
        on_click="ignore",
        key=key,
        help=told,
    )


def offer_picture(
    stem: str,
    title: str,
    note: str,
    build: Callable[[], "Chart"],
    *,
    source: str = "",
    alt: str = "",
    width: float = WIDTH,
    entries: Callable[[], Iterable["KeyEntry"]] = tuple,
) -> None:
    """Offer a chart of the page as PNG, SVG and PDF: whole, with its title and note, drawn when it is asked for.

    `stem` is the name of the file without its ending, `build` gives the spec and the frame of the chart, `source`
    stands small at its foot (which plan, which versions), `entries` are what its key names, if it has one.
    """

    def picture() -> Picture:
        words = {"name": stem, "title": title, "note": note, "alt": alt or title}
        return chart_picture(build(), **words, width=width, key=entries()).framed(source)

    forms: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("PNG", "image/png", lambda: picture().png()),
        ("SVG", "image/svg+xml", lambda: picture().file_svg()),
        ("PDF", "application/pdf", lambda: picture().pdf()),
    )
    with st.popover("Picture", icon=":material/image:", type="tertiary", key=f"picture {stem}"):
        for form, kind, made in forms:
            st.download_button(
                form,
                made,
                f"{stem}.{form.lower()}",
                kind,
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"picture {stem} {form}",
            )


def status_html(status: str, word: str | None = None) -> Html:
    """Return a status by shape, word and colour; `word` replaces the usual one."""
    mark = theme.STATUS[status]
    return mark_html(mark, word)


def mark_html(mark: theme.Mark, word: str | None = None) -> Html:
    """Return any mark of `planner.charts.theme`, such as a verdict, by shape, word and colour."""
    shape = tag("span", mark.glyph, style=f"color:{mark.colour}", aria_hidden="true")
    said = mark.word if word is None else word
    return tag("span", shape, " ", said, class_="p-status", style=f"color:{mark.text}")


def outcome_html(position: int, text: object) -> Html:
    """Return text with the stripe of the outcome at `position` (from 0)."""
    return tag("div", text, class_="p-stripe", style=f"--p-stripe:{theme.outcome_line(position)}")


def show_refusal(refusal: PlannerError) -> None:
    """Say why an action was not done and what helps; what the user typed stays where it is."""
    _show_alert(refusal.headline, refusal.remedy)


def show_news(page: str) -> News:
    """Say what the last action of a page told, good or bad, for as long as it can be read; return it.

    Its place is there without news too: what stands below would else be another element of the page after each
    action, so an open expander would close and a press under way be lost.
    """
    news = news_of(page).show()
    with st.container(key=f"news-of-{page}"):
        if news.sentence:
            mark, colour = ("", "p-worse") if news.is_bad else ("✓ ", "p-better")
            st.html(tag("p", mark, news.sentence, class_=f"p-empty {colour}", role="status"))
        if news.refusal is not None:
            show_refusal(news.refusal)
    return news


def show_bad_news(error: Exception) -> bool:
    """Show what stopped a page; Streamlit has logged its traceback already.

    Given to `st.App(on_script_error=...)`, it hears of pages, of callbacks and of fragments alike.
    True tells Streamlit to add nothing of its own.
    """
    if isinstance(error, PlannerError):
        show_refusal(error)
    else:
        _show_alert(words.BUG_HEADLINE, words.BUG_REMEDY)
    return True


def _show_alert(headline: str, remedy: str) -> None:
    said = tag("p", tag("strong", headline), class_="p-empty", role="alert")
    st.html(tag("div", said, tag("p", remedy, class_="p-note"), class_="p-alert"))
