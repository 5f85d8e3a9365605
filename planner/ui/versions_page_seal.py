"""Closing the quarter on the Versions page: what is found first, what changed, and the form that seals; no chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.refreshing import Sealing, prepare_sealing, seal
from planner.errors import PlanChanged, PlannerError
from planner.rules.change_words import TABLE_WORDS
from planner.rules.drift_reasons import count_reasons_wanted
from planner.rules.sentences import counted, number_word
from planner.ui import desk, session
from planner.ui.edit_words import edits_word
from planner.ui.editor_grids import page_of
from planner.ui.editor_words import TITLES
from planner.ui.findings import findings_html
from planner.ui.frame import link_to, section, show_news
from planner.ui.frozen import open_refresh
from planner.ui.late_press import done, late_press, press_key, undone
from planner.ui.markup import md, table, tag
from planner.ui.news import news_of
from planner.ui.pickers import version_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.actions.comparing import Comparison
    from planner.model.edit import Edit
    from planner.model.quarter import Calendar
    from planner.model.version import Version

_NEWS = "versions"
_MOST_ERRORS = 10
_MOST_WARNINGS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form was filled with, and the save of the draft that was on the screen."""

    label: str
    as_of: dt.date
    author: str
    note: str
    is_accepted: bool
    number: int


def changes_word(baseline: Version, current: Version) -> str:
    """How much a version differs from another: 'has 3 changes since', 'is the same plan'."""
    moved = session.comparison(baseline, current).events.height
    rows = sum(changed_rows(session.comparison(baseline, current)).values())
    if not rows:
        return "is the same plan"
    return f"has {counted(moved, 'change')} since" if moved else f"differs in {counted(rows, 'row')}"


def changed_rows(comparison: Comparison) -> Mapping[str, int]:
    """How many rows were added, removed or changed, by table, tables without any left out."""
    summed = {
        name: counts["added"] + counts["removed"] + counts["changed"]
        for name, counts in comparison.drift.summary.items()
    }
    return {name: count for name, count in summed.items() if count}


@st.cache_resource(max_entries=8, show_spinner=False)
def _prepared(path: str, state: str) -> Sealing:
    del path, state  # they only say what it is prepared for
    return prepare_sealing(session.database())


def show_sealing(draft: Version, sealed: list[Version], calendar: Calendar) -> None:
    """Draw what there is to know before the draft is sealed, and the form."""
    _tell_late_press(draft)
    show_news(_NEWS)
    with st.container(border=True):
        section(f"Seal {version_name(draft, calendar).replace('Draft for', 'the draft for')}", _NOTE)
        sealing = _prepared(str(session.environment().database), session.state_of(draft))
        _show_changes(sealing, sealed)
        _show_findings(sealing)
        _warn_of_unsaved()
        if (open_one := open_refresh()) is not None:
            said = f"A refresh to {open_one.label} is open and {open_one.state_words}: it is sealed there."
            st.html(tag("p", said, class_="p-note", style=_INK))
            link_to("refresh", "Go to the refresh")
        elif not sealing.errors:
            _show_form(sealing, draft)


def _tell_late_press(draft: Version) -> None:
    """Refuse a press on a form that showed an older save; what was typed into it stays."""
    number = draft.number or 0
    seen = late_press(_NEWS, number)
    if seen is not None:
        st.session_state[f"note {number}"] = st.session_state.get(f"note {seen}", "")
        news_of(_NEWS).refuse(PlanChanged(seen, number))


_NOTE = "A snapshot that nobody can change, with an archive beside the database. The draft goes on, one quarter later."


def _show_changes(sealing: Sealing, sealed: list[Version]) -> None:
    if sealing.changes is None:
        st.html(tag("p", "It is the first snapshot: there is nothing to compare it with.", class_="p-note"))
        return
    last = sealed[-1].label
    counts = sealing.changes.drift.summary
    rows = [
        [
            TABLE_WORDS.get(name, name),
            *(_count(counts[name][word]) for word in ("added", "changed", "removed")),
        ]
        for name in changed_rows(sealing.changes)
    ]
    if not rows:
        st.html(tag("p", f"Nothing changed since {last}.", class_="p-note", style="color:var(--p-ink)"))
        return
    st.html(tag("p", _meaning(sealing.changes, last), class_="p-note", style=_INK))
    heads = ["Rows since " + last, "added", "changed", "removed"]
    st.html(table(heads, rows, widths=["46%", "18%", "18%", "18%"], right=(1, 2, 3), caption="What changed"))
    link_to("drift", "See every change", **{"from": last, "to": "draft"})


_INK = "color:var(--p-ink)"


def _meaning(changes: Comparison, last: str) -> str:
    """Say how many changes a reader of the plan should know of, and how many lack a reason."""
    events, unexplained = (count_reasons_wanted(rows) for rows in (changes.events, changes.unexplained))
    if not events:
        return f"Rows differ from {last}, but none with a planning meaning."
    said = f"{counted(events, 'change')} with a planning meaning since {last}"
    if not unexplained:
        return f"{said}, each with its reason."
    lack = "it has no reason" if events == 1 else f"{number_word(unexplained)} without a reason"
    return f"{said}; {lack} yet."


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"  # noqa: RUF001  the dash of nothing


def _show_findings(sealing: Sealing) -> None:
    if sealing.errors:
        head = f"{counted(len(sealing.errors), 'error stops', 'errors stop')} the sealing. Mend them in the draft first."
        st.html(tag("p", head, class_="p-empty p-worse", role="alert"))
        st.html(findings_html(sealing.errors[:_MOST_ERRORS]))
        if len(sealing.errors) > _MOST_ERRORS:
            st.html(tag("p", f"and {len(sealing.errors) - _MOST_ERRORS:,} more", class_="p-note"))
        link_to("projects", "Go to the projects with findings", found="1")
        return
    warnings = [finding for finding in sealing.findings if finding.severity != "error"]
    if not warnings:
        st.html(tag("p", "No check finds anything to mend.", class_="p-note", style=_INK))
        return
    with st.expander(counted(len(warnings), "warning")):
        st.html(findings_html(warnings[:_MOST_WARNINGS]))
        if len(warnings) > _MOST_WARNINGS:
            st.html(tag("p", f"and {len(warnings) - _MOST_WARNINGS:,} more", class_="p-note"))


def _warn_of_unsaved() -> None:
    edits = desk.unsaved()
    waiting = len(edits)
    if waiting:
        verb = "is" if waiting == 1 else "are"
        said = f"You have {edits_word(waiting)} on {_pages_of(edits)}; {'it' if waiting == 1 else 'they'} {verb} not sealed."
        st.html(tag("p", said, class_="p-note p-worse"))


def _pages_of(edits: list[Edit]) -> str:
    """The pages on which edits wait: 'the Projects page', 'the Outcomes and Projects pages'."""
    names = list(dict.fromkeys(TITLES[page_of(edit)] for edit in edits))
    return f"the {' and '.join(names)} page{'s' * (len(names) != 1)}"


def _show_form(sealing: Sealing, draft: Version) -> None:
    """Draw the form. Its widgets belong to one save of the draft, so a second click finds nothing to press."""
    turn = draft.number or 0
    with st.form(f"seal {turn}", border=False):
        one, other = st.columns(2)
        label = one.text_input("Label", sealing.label, key=f"label {turn}", help=_LABEL_HELP)
        as_of = other.date_input("As of", session.today(), key=f"as of {turn}", format="YYYY-MM-DD")
        author = st.text_input("By", session.actor(), key=f"author {turn}")
        note = st.text_input("Note", key=f"note {turn}", placeholder="What this quarter was about")
        accepted = not sealing.warnings or st.checkbox(md(_acceptance(sealing)), key=f"accept {turn}")
        if st.form_submit_button("Seal", type="primary", icon=":material/lock:", key=press_key(_NEWS, turn)):
            done(_NEWS, turn)
            _seal(
                Asked(label.strip(), as_of, author.strip(), note.strip(), accepted, sealing.number), sealing
            )


_LABEL_HELP = "The quarter, and .r2 behind it for a second sealing of the same quarter."


def _acceptance(sealing: Sealing) -> str:
    counts = ", ".join(f"{count} {code.replace('_', ' ')}" for code, count in sealing.warnings.items())
    return f"I accept {counted(sum(sealing.warnings.values()), 'warning')}: {counts}"


def _seal(asked: Asked, sealing: Sealing) -> None:
    """Seal what was on the screen, and say what happened on the next run."""
    news, db, now = news_of(_NEWS), session.database(), session.now()
    calendar = session.plan_of(session.draft()).calendar
    author = asked.author or session.actor()
    with st.spinner("Sealing the draft and writing its archive"):
        try:
            if not asked.is_accepted:
                raise _NotAccepted(sealing.warnings)
            version, is_fresh = seal(
                db,
                asked.label,
                as_of=asked.as_of,
                author=author,
                note=asked.note,
                accept_findings=asked.is_accepted,
                now=now,
                checked=asked.number,
            )
            if (
                is_fresh or _sealed_word(version) not in news.sentence
            ):  # else the second press of a double click
                news.say(_told(version, calendar, is_fresh=is_fresh))
        except PlannerError as refusal:
            news.refuse(refusal)
            undone(_NEWS)
    st.rerun()


def _told(version: Version, calendar: Calendar, *, is_fresh: bool) -> str:
    if not is_fresh:
        return f"{version.label} is already sealed with this content; nothing was written."
    accepted = sum(version.findings.values())
    also = f" {counted(accepted, 'warning was', 'warnings were')} accepted." if accepted else ""
    goes_on = calendar.label(calendar.parse(version.quarter) + 1)
    return f"{_sealed_word(version)} with fingerprint {version.fingerprint[:12]}….{also} The draft is now for {goes_on}."


def _sealed_word(version: Version) -> str:
    return f"Sealed {version.label}"


class _NotAccepted(PlannerError):
    """The tick was not set."""

    def __init__(self, warnings: Mapping[str, int]) -> None:
        super().__init__(
            f"{counted(sum(warnings.values()), 'warning is', 'warnings are')} not accepted yet.",
            "Mend them in the draft, or tick that you accept them; their number is kept on the snapshot.",
        )
