"""What 'Since you last looked' reads: the moment that the address names, and what changed since; it draws nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.looking_back import LookBack, News, find_news, look_back
from planner.rules.look_back import Look, Recorded, recorded_since, since_clauses
from planner.rules.registers import REGISTERS
from planner.rules.sentences import spoken_quarter
from planner.ui import session, visits
from planner.ui.registers_page_words import entries_of

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.version import Version

PARAMETER: Final = "since"
_MINUTE: Final = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a look back, whether it is the reader's own last visit, or what is wrong with it."""

    look: Look | None
    is_own: bool
    problem: str = ""


def asked() -> Asked:
    """The look that the address names, else the reader's own last visit; `look` is None on a first visit."""
    text = st.query_params.get(PARAMETER, "")
    if text:
        look = parse_look(text)
        if look is None:
            said = f"'{text}' is not a day. Write it as {session.today().isoformat()}; your own last visit is shown instead."
            return Asked(own_look(), is_own=True, problem=said)
        if look.moment > session.now():
            said = f"{look.said} lies ahead, so nothing can have changed since. Your own last visit is shown instead."
            return Asked(own_look(), is_own=True, problem=said)
        return Asked(look, is_own=False)
    return Asked(own_look(), is_own=True)


def own_look() -> Look | None:
    """The end of the reader's last visit."""
    moment = visits.last_visit()
    return None if moment is None else Look(moment, is_day=False)


def parse_look(text: str) -> Look | None:
    """A day (2026-10-01) or a minute in UTC (2026-10-01T14:05) as a look back; None where it is neither."""
    try:
        return Look.of_day(dt.date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return Look(dt.datetime.strptime(text, _MINUTE).replace(tzinfo=dt.UTC), is_day=False)
    except ValueError:
        return None


def written(look: Look) -> str:
    """How the address names a look."""
    return look.day.isoformat() if look.is_day else look.moment.strftime(_MINUTE)


def news_since(look: Look) -> News:
    """The snapshots and saves since, read anew after each commit."""
    return _news(str(session.environment().database), session.database().commits, look)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Look: repr})
def _news(path: str, commits: int, look: Look) -> News:
    del path, commits  # they only say what the news are of
    return find_news(session.database(), look, session.actor())


def changes_since(news: News) -> LookBack:
    """The net change of the draft since."""
    return _changes(str(session.environment().database), session.database().commits, repr(news.look), news)


@st.cache_resource(max_entries=8, show_spinner="Taking the journal back to what you saw.")
def _changes(path: str, commits: int, look: str, _news: News) -> LookBack:
    del path, commits, look
    return look_back(session.database(), _news, _plan_of)


def _plan_of(label: str) -> Plan:
    version = session.find_version(label)
    return session.plan_of(version or session.draft())


def entries_since(look: Look) -> list[Recorded]:
    """The entries of the registers with a row since."""
    return recorded_since({name: entries_of(name) for name in REGISTERS}, look)


def quarter_name(version: Version) -> str:
    """The quarter of a version, with its revision: 'Q3 FY27', 'Q3 FY27, revision 2'."""
    calendar = session.plan_of(session.draft()).calendar
    spoken = spoken_quarter(calendar.parse(version.quarter), calendar)
    revision = version.label.partition(".r")[2]
    return f"{spoken}, revision {revision}" if revision else spoken


def clauses_of(news: News, back: LookBack | None, recorded: list[Recorded]) -> list[str]:
    """What happened since, as clauses."""
    events = len(back.events) if back else 0
    fields = len(back.changes) - events if back else 0
    return since_clauses(
        [quarter_name(version) for version in news.sealed], recorded, changes=events, fields=fields
    )
