"""Cached reads of the brief: what it is written from, what was frozen, what people changed in it; it draws nothing.

Kept by what the versions hold and by how long the ledgers are, which only grow; so a rerun writes nothing anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.brief_writing import BRIEF_LEDGERS, BriefSources, write_brief
from planner.actions.briefing import (
    FROZEN,
    ShownBrief,
    approval_of,
    find_frozen,
    labels_of,
    shown_brief,
)
from planner.model.version import SNAPSHOT
from planner.rules.brief_edits import edited_brief
from planner.ui import session
from planner.ui.drift_page_review import dated, kept_by, review_of, standing_of, version_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.reviewing import Review
    from planner.model.version import Version
    from planner.rules.brief import Brief

KEPT = 48


def brief_of(current: Version, baseline: Version | None, among: Sequence[Version]) -> ShownBrief:
    """The brief of a version against a baseline: the frozen one, or the one that the plans give now, with its edits."""
    if current.is_sealed and (baseline.label if baseline else "") == current.previous:
        frozen = _frozen(str(session.environment().database), current.label, current)
        if frozen is not None:
            return ShownBrief(edited_brief(frozen, ()), FROZEN)
    return shown_brief(session.database(), current, _generated(current, baseline, among))


def review_under(current: Version, baseline: Version | None, among: Sequence[Version]) -> Review | None:
    """What moved between the two versions; None where nothing came before."""
    return review_of(baseline, current, among) if baseline else None


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _frozen(path: str, label: str, _version: Version) -> Brief | None:
    del path, label  # a snapshot never changes, and its brief neither
    return find_frozen(session.database(), _version)


def _generated(current: Version, baseline: Version | None, among: Sequence[Version]) -> Brief:
    state = (kept_by(current), kept_by(baseline) if baseline else "")
    return _written(
        str(session.environment().database), state, session.database().commits, (current, baseline), among
    )


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _written(
    path: str,
    state: tuple[str, str],
    commits: int,
    _pair: tuple[Version, Version | None],
    _among: Sequence[Version],
) -> Brief:
    del path, state, commits
    return write_brief(_sources(*_pair, _among))


def _sources(current: Version, baseline: Version | None, among: Sequence[Version]) -> BriefSources:
    ledgers = {name: session.ledger(name) for name in BRIEF_LEDGERS}
    earlier = version_before(baseline, among) if baseline else None
    return BriefSources(
        current,
        dated(current),
        standing_of(current, among),
        ledgers,
        labels_of(among, current, baseline),
        baseline,
        review_under(current, baseline, among),
        session.plan_of(earlier) if earlier else None,
        approval_of(session.database(), current, ledgers["decisions"]),
    )


def baselines_of(current: Version, among: Sequence[Version]) -> list[Version]:
    """The snapshots that a version can be told against: those before it, the oldest first."""
    return [
        one
        for one in among
        if one.kind == SNAPSHOT and (not current.is_sealed or one.number < current.number)
    ]
