"""What every page shares of the running server: the database, today, the person, and cached reads; it draws nothing.

Sealed versions never change, so what is read of them is kept by fingerprint; the draft is kept by its number.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.comparing import Comparison, compare
from planner.actions.opening import make_plan, open_plan
from planner.model.version import DRAFT, SNAPSHOT
from planner.settings import Environment
from planner.store.ledgers import load_ledger
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.store.database import Database

EDITED = "plan"  # the word in the address, and in the session, for the version that is edited
KEPT_PLANS = 24
KEPT_COMPARISONS = 48
_OPEN: dict[str, Database] = {}  # asked for several times in each run, so without the cost of a cache


def environment() -> Environment:
    """What the server was started with."""
    return Environment.read(os.environ)


def now() -> dt.datetime:
    """The time, in UTC; only the top floors look it up."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day, for the line on the timeline; only the top floors look it up."""
    return now().date()


def actor() -> str:
    """The person who acts: until people can sign in, the one the server was started for."""
    return environment().actor


@st.cache_resource(show_spinner="Opening the plan. The first time, its sample is put in: a few seconds.")
def _opened(path: str) -> Database:
    """Open the one database of this server, and make it with the sample where there is none."""
    if Path(path).exists():
        return open_plan(Path(path))
    return make_plan(Path(path), sample=True, now=now(), progress=lambda _said, _share: None)


def database() -> Database:
    """The database of this server; raises a DatabaseRefused that the page shows."""
    path = str(environment().database)
    found = _OPEN.get(path)
    if found is None:
        found = _OPEN[path] = _opened(path)
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _versions(path: str, commits: int) -> list[Version]:
    del path, commits  # they only say what the read is kept by
    return list_versions(database())


def versions() -> list[Version]:
    """All versions: the snapshots in the order of their sealing, open scenarios, the draft; read anew after each commit."""
    return list(_versions(str(environment().database), database().commits))


def snapshots() -> list[Version]:
    """The sealed versions, the oldest first."""
    return [version for version in versions() if version.kind == SNAPSHOT]


def draft() -> Version:
    """The draft that people edit."""
    return next(version for version in versions() if version.kind == DRAFT)


def edited() -> Version:
    """The version that this session edits: the draft, or the open scenario that was chosen on the page What-if."""
    chosen = st.session_state.get(EDITED, DRAFT)
    return next((version for version in versions() if version.label == chosen), None) or draft()


def find_version(label: str | None, among: Sequence[Version] | None = None) -> Version | None:
    """The version of that label, or None."""
    known = versions() if among is None else among
    return next((version for version in known if version.label == label), None)


def state_of(version: Version) -> str:
    """What a read of this version is kept by: its content, or for a draft how often it was saved."""
    return version.fingerprint if version.is_sealed else f"{version.label} {version.number} {version.quarter}"


@st.cache_resource(max_entries=KEPT_PLANS, show_spinner=False)
def _plan(path: str, label: str, state: str) -> Plan:
    del path, state  # they only say what the read is kept by
    return load_plan(database(), label)


def plan_of(version: Version) -> Plan:
    """The plan of a version; an immutable value that all sessions share."""
    return _plan(str(environment().database), version.label, state_of(version))


def baseline_of(version: Version) -> Plan | None:
    """The plan of the snapshot that a version came out of, or None where there is none."""
    before = find_version(version.previous, snapshots())
    return plan_of(before) if before else None


@st.cache_resource(max_entries=KEPT_COMPARISONS, show_spinner=False)
def _comparison(path: str, labels: tuple[str, str], states: tuple[str, str]) -> Comparison:
    del path, states
    return compare(database(), *labels)


def comparison(baseline: Version, current: Version) -> Comparison:
    """What differs between two versions, with reasons."""
    states = (state_of(baseline), state_of(current))
    return _comparison(str(environment().database), (baseline.label, current.label), states)


@st.cache_resource(max_entries=32, show_spinner=False)
def _ledger(path: str, commits: int, name: str) -> pl.DataFrame:
    del path, commits
    return load_ledger(database(), name)


def ledger(name: str) -> pl.DataFrame:
    """The rows of a ledger, as they are now: ledgers only grow and belong to no version."""
    return _ledger(str(environment().database), database().commits, name)
