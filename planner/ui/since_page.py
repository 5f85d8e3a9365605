"""The page 'Since you last looked': what was sealed, saved and written down since a visit or a day; it computes nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.looking_back import look_back_bytes
from planner.rules.change_groups import group_key, in_order
from planner.rules.look_back import since_sentence
from planner.rules.registers import REGISTERS
from planner.rules.sentences import counted, day_text
from planner.ui import session
from planner.ui.drift_page import lead_of
from planner.ui.drift_page_review import review_of, titles_of_evidence, version_before
from planner.ui.drift_page_table import changes_table
from planner.ui.drift_page_verdict import verdict_lead
from planner.ui.edit_words import moment_text
from planner.ui.frame import empty_state, lead, link_to, offer_csv, page_header, section
from planner.ui.home_page_css import review_css
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import version_name
from planner.ui.places import place
from planner.ui.registers_page_words import WORDS, state_word
from planner.ui.since_page_reads import (
    PARAMETER,
    asked,
    changes_since,
    clauses_of,
    entries_since,
    news_since,
    quarter_name,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.looking_back import LookBack, News
    from planner.model.version import Version
    from planner.rules.look_back import Look, Recorded
    from planner.ui.since_page_reads import Asked

TITLE: Final = "Since you last looked"
_MOST_SEALED: Final = 6
_MOST_CHANGES: Final = 100
_DAY: Final = "since-day"


def show_since() -> None:
    """Draw the page."""
    st.html(review_css())
    want = asked()
    _show_header(want)
    if want.problem:
        st.html(tag("p", want.problem, class_="p-empty", role="status"))
    if want.look is None:
        _show_first()
        return
    news = news_since(want.look)
    back = changes_since(news) if news.saves else None
    recorded = entries_since(want.look)
    since, rest = since_sentence(want.look, clauses_of(news, back, recorded))
    lead(join((strong(since), ": ", rest)))
    _show_share(want)
    if news.sealed:
        _show_sealed(news)
    _show_saved(news, back)
    if recorded:
        _show_recorded(recorded, want.look)


def _show_header(want: Asked) -> None:
    own = want.is_own and want.look is not None
    said = (
        f"your last visit ended {moment_text(want.look.moment, session.now())}" if own and want.look else ""
    )
    note = "What was sealed, saved and written down since your own last visit, or since any day"
    with page_header(TITLE, f"{note}{f' · {said}' if said else ''}", share=0.6):
        st.session_state[_DAY] = want.look.day if want.look else None
        st.date_input("Since", key=_DAY, max_value=session.today(), on_change=_choose, width=160)
        if not want.is_own:
            st.button("My last visit", key="own", type="tertiary", icon=":material/person:", on_click=_own)


def _choose() -> None:
    day = st.session_state[_DAY]
    if isinstance(day, dt.date):
        st.query_params[PARAMETER] = day.isoformat()


def _own() -> None:
    st.query_params.pop(PARAMETER, None)


def _show_first() -> None:
    """A first visit has nothing behind it; the day of the last sealing is a good place to begin."""
    sealed = session.snapshots()
    if not sealed or sealed[-1].as_of is None:
        empty_state(
            "This is your first visit and nothing is sealed yet, so there is nothing to look back to. "
            "From your next visit on, this page says what changed in between.",
            "home",
            "To the plan on a page",
        )
        return
    with st.container(border=True):
        day = sealed[-1].as_of
        said = "This is your first visit, so there is no last one to look back to. Choose any day above, or begin with the last sealing."
        st.html(tag("p", said, class_="p-empty"))
        link_to(
            "since",
            f"Since {day_text(day)}, when {quarter_name(sealed[-1])} was sealed",
            since=day.isoformat(),
        )


def _show_share(want: Asked) -> None:
    if want.look is None:
        return
    link = place("since").href(**{PARAMETER: written(want.look)})
    said = tag("a", link.removeprefix("./"), href=link, target="_self")
    st.html(tag("p", "A colleague sees this very view at ", said, ".", class_="p-note"))


def _show_sealed(news: News) -> None:
    """Each snapshot sealed since with its verdict, and what moved from the one that was the newest then."""
    section("Sealed since", "Each plan with what kind of step it was.")
    among, calendar = session.versions(), session.plan_of(session.draft()).calendar
    shown = list(reversed(news.sealed))[:_MOST_SEALED]
    rows = [
        [_sealed_name(version, version_name(version, calendar)), _verdict(version, among)]
        for version in shown
    ]
    st.html(table(("Plan", "What kind of step"), rows, widths=("30%", "70%"), caption="Sealed since"))
    if len(news.sealed) > len(shown):
        more = counted(len(news.sealed) - len(shown), "earlier plan")
        st.html(tag("p", "and ", more, " in ", _link("versions", "Versions"), class_="p-note"))
    last = news.sealed[-1]
    if news.before is not None and len(news.sealed) > 1:
        review = review_of(news.before, last, among)
        then = quarter_name(news.before)
        pair = {"from": news.before.label, "to": last.label}
        said = join(
            ("From ", then, ", the newest plan then, to ", quarter_name(last), ": ", lead_of(review), " ")
        )
        st.html(tag("p", said, _link("drift", "All of it on Drift", **pair), class_="p-moved"))


def _sealed_name(version: Version, name: str) -> Html:
    by = f"as of {day_text(version.as_of)}{f', sealed by {version.author}' if version.author else ''}"
    return join((strong(name), tag("div", by, class_="p-mute")))


def _verdict(version: Version, among: Sequence[Version]) -> Html:
    before = version_before(version, among)
    if before is None:
        return tag("span", "The first plan: there is none before it to compare with.", class_="p-mute")
    review = review_of(before, version, list(among))
    pair = {"from": before.label, "to": version.label}
    return join(
        (verdict_lead(review), " ", _link("drift", f"What changed since {quarter_name(before)}", **pair))
    )


def _link(page: str, text: str, **query: str) -> Html:
    return tag("a", text, href=place(page).href(**query), target="_self")


def _show_saved(news: News, back: LookBack | None) -> None:
    """The net change of the draft since, as Drift shows it, and who saved it."""
    section("Saved in the draft since", _saved_note(news, back))
    if back is None or not back.changes:
        return
    events = back.events
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        is_all = not events
        if events and len(back.changes) > len(events):
            is_all = st.toggle("Other fields too", key="all", bind="query-params")
        st.space("stretch")
        told = "The net changes since, as Drift writes them, other fields too."
        offer_csv("since.csv", lambda: look_back_bytes(back), told)
    order = back.current["outcomes"]["outcome_id"].to_list()
    wanted = in_order(back.changes if is_all else events, "kind", order)
    counts = Counter(group_key(change, "kind") for change in wanted)
    st.html(changes_table(wanted[:_MOST_CHANGES], "kind", back, titles_of_evidence(), counts))
    if len(wanted) > _MOST_CHANGES:
        more = f"and {len(wanted) - _MOST_CHANGES:,} more changes: all of them are in the CSV."
        st.html(tag("p", more, class_="p-note"))


def _saved_note(news: News, back: LookBack | None) -> str:
    if back is None:
        return "Nobody saved anything in the draft."
    who: dict[str, int] = {}
    for note in news.saves:
        who[note.actor] = who.get(note.actor, 0) + 1
    by = ", ".join(f"{actor} {_times(count)}" for actor, count in who.items())
    if not back.changes:
        return f"Saved by {by}; all of it came back to what it was, so nothing differs."
    fields = len(back.changes) - len(back.events)
    others = f" and {counted(fields, 'other field')}" if fields else ""
    return f"{counted(len(back.events), 'change')}{others}, first against last: what came back to its value is none. Saved by {by}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _show_recorded(recorded: Sequence[Recorded], look: Look) -> None:
    """The entries of the registers with a row since, by register."""
    section(
        "Written down since",
        f"Entries of the registers with a row of {day_text(look.day)} or later: their days have no hours.",
    )
    rows: list[Sequence[object]] = []
    for name in REGISTERS:
        found = [one for one in recorded if one.register == name]
        if found:
            rows.append([WORDS[name].title])
            rows += [_recorded_row(one) for one in found]
    st.html(
        table(
            ("What", "Where it stands", "Written"),
            rows,
            widths=("62%", "18%", "20%"),
            caption="Written down since",
        )
    )


def _recorded_row(one: Recorded) -> list[Html]:
    entry, last = one.entry, one.entry.rows[-1]
    link = _link("registers", entry.said or entry.id, tab=one.register, entry=entry.id)
    state = tag("span", state_word(one.register, entry.state), class_="p-chip") if entry.state else Html()
    by = f" by {last['recorded_by']}" if last["recorded_by"] else ""
    how = "new" if one.is_new else "changed"
    return [
        join((link, tag("div", entry.id, class_="p-faint"))),
        state,
        join((how, tag("div", f"{day_text(last['recorded_on'])}{by}", class_="p-mute"))),
    ]
