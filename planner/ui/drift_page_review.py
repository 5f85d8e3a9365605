"""Cached reads for Home and Drift: how a version stands, and everything about two versions; it draws nothing.

Kept by what the versions hold and by how long the ledgers are, which only grow; so a rerun computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.reviewing import (
    EVIDENCE_LEDGERS,
    LEDGERS,
    RefreshMark,
    Review,
    Standing,
    evidence_titles,
    gather_mark,
    gather_review,
    gather_standing,
)
from planner.model.version import DRAFT, SNAPSHOT
from planner.rules.crossed_lines import Crossed, Side, crossed_lines
from planner.rules.home import Dated
from planner.rules.refresh_step import Past
from planner.rules.verdict import EVIDENCE
from planner.ui import session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.model.version import Version

KEPT = 48


def version_before(version: Version, among: Sequence[Version]) -> Version | None:
    """The snapshot before a version; of a draft, the newest one."""
    sealed = [other for other in among if other.kind == SNAPSHOT]
    if not version.is_sealed:
        return sealed[-1] if sealed else None
    labels = [other.label for other in sealed]
    place = labels.index(version.label)
    return sealed[place - 1] if place else None


def version_to_show(among: Sequence[Version]) -> Version:
    """The draft where it differs from the newest snapshot, else that snapshot."""
    draft = next(version for version in among if version.kind == DRAFT)
    newest = version_before(draft, among)
    if newest is None:
        return draft
    return newest if session.comparison(newest, draft).drift.is_empty else draft


def dated(version: Version) -> Dated:
    """The plan of a version with its quarter."""
    plan = session.plan_of(version)
    return Dated(plan, plan.calendar.parse(version.quarter))


def standing_of(version: Version, among: Sequence[Version]) -> Standing:
    """How a version stands, against the one before it."""
    before = version_before(version, among)
    state = (kept_by(version), kept_by(before) if before else "")
    return _standing(str(session.environment().database), state, _lengths(LEDGERS), version, before)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _standing(
    path: str,
    state: tuple[str, str],
    lengths: tuple[int, ...],
    _version: Version,
    _before: Version | None,
) -> Standing:
    del path, state, lengths  # they only say what the standing is kept by
    ledgers = {name: session.ledger(name) for name in LEDGERS}
    return gather_standing(dated(_version), dated(_before) if _before else None, ledgers)


def review_of(baseline: Version, current: Version, among: Sequence[Version]) -> Review:
    """Everything about two versions."""
    state = (kept_by(baseline), kept_by(current))
    lengths = _lengths((*LEDGERS, *EVIDENCE))
    return _review(str(session.environment().database), state, lengths, (baseline, current), among)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _review(
    path: str,
    state: tuple[str, str],
    lengths: tuple[int, ...],
    _pair: tuple[Version, Version],
    _among: Sequence[Version],
) -> Review:
    del path, state, lengths
    baseline, current = _pair
    standings = (standing_of(baseline, _among), standing_of(current, _among))
    comparison, plan = session.comparison(baseline, current), session.plan_of(current)
    return gather_review(session.plan_of(baseline), plan, comparison, standings, _past(current, _among))


def _sealed_before(version: Version, among: Sequence[Version]) -> list[Version]:
    """The snapshots that were sealed before a version, the oldest first."""
    sealed = [other for other in among if other.kind == SNAPSHOT]
    return [other for other in sealed if not version.is_sealed or other.number < version.number]


def _past(version: Version, among: Sequence[Version]) -> Past:
    """The quarters that were sealed before a version, and the ledgers of evidence."""
    calendar = session.plan_of(version).calendar
    before = _sealed_before(version, among)
    return Past(
        [calendar.parse(other.quarter) for other in before],
        {name: session.ledger(name) for name in EVIDENCE},
        is_revision=any(other.quarter == version.quarter for other in before),
    )


def crossed_by(baseline: Version, current: Version, among: Sequence[Version]) -> list[Crossed]:
    """What crossed which line between two versions."""
    state = (kept_by(baseline), kept_by(current))
    return _crossed(str(session.environment().database), state, _lengths(LEDGERS), (baseline, current), among)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _crossed(
    path: str,
    state: tuple[str, str],
    lengths: tuple[int, ...],
    _pair: tuple[Version, Version],
    _among: Sequence[Version],
) -> list[Crossed]:
    del path, state, lengths
    sides = [
        Side(
            dated(version),
            standing_of(version, _among).statuses,
            [session.plan_of(other) for other in _sealed_before(version, _among)],
        )
        for version in _pair
    ]
    return crossed_lines(sides[0], sides[1])


def mark_of(baseline: Version, current: Version, among: Sequence[Version]) -> RefreshMark:
    """One refresh in a glance."""
    state = (kept_by(baseline), kept_by(current))
    return _mark(str(session.environment().database), state, _lengths(EVIDENCE), (baseline, current), among)


@st.cache_resource(max_entries=200, show_spinner=False)
def _mark(
    path: str,
    state: tuple[str, str],
    lengths: tuple[int, ...],
    _pair: tuple[Version, Version],
    _among: Sequence[Version],
) -> RefreshMark:
    del path, state, lengths
    baseline, current = _pair
    comparison = session.comparison(baseline, current)
    return gather_mark(dated(baseline), dated(current), comparison, _past(current, _among))


def titles_of_evidence() -> dict[str, str]:
    """What each piece of evidence says, by id."""
    return _titles(str(session.environment().database), _lengths(EVIDENCE_LEDGERS))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _titles(path: str, lengths: tuple[int, ...]) -> dict[str, str]:
    del path, lengths
    return evidence_titles({name: session.ledger(name) for name in EVIDENCE_LEDGERS})


def _lengths(names: Iterable[str]) -> tuple[int, ...]:
    return tuple(session.ledger(name).height for name in names)


def kept_by(version: Version) -> str:
    """What a read of a version is kept by."""
    return f"{version.label} {session.state_of(version)}"
