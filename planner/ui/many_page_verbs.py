"""What can be done to many projects at once, each with the form that asks how; the rules are `planner.rules.rework_*`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import streamlit as st

from planner.actions.grid_rows import names_of
from planner.actions.new_rows import next_id
from planner.actions.reworking import read_value
from planner.model.finding import Problem
from planner.model.plan import Plan
from planner.model.quarter import Quarter
from planner.model.tables import TABLES
from planner.rules.rework import Rework
from planner.rules.rework_fields import FIELDS, cancelled, set_field
from planner.rules.rework_links import relinked
from planner.rules.rework_moves import moved
from planner.rules.rework_parts import Part, merged, split
from planner.rules.sentences import status_word
from planner.store.known_ids import known_ids
from planner.ui import session
from planner.ui.markup import md, tag

if TYPE_CHECKING:
    from planner.model.columns import Column
    from planner.rules.rework_links import End

Ask: TypeAlias = Callable[[Plan, Quarter, Sequence[str]], Rework | None]
_FAR: Final = 20  # quarters: a plan of five years
_PAIR: Final = 2
_NO_END: Final = ("", "")
_TIER: Final = {"enablers": "enabler", "capabilities": "capability"}
_STRENGTHS: Final = {1: "1 some", 2: "2 clear", 3: "3 strong"}


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done: its word, the title and hint of its form, what to say when it is done, the form."""

    key: str
    word: str
    title: str
    hint: str
    done: str
    ask: Ask


def _ask_move(plan: Plan, quarter: Quarter, chosen: Sequence[str]) -> Rework | None:
    quarters = st.number_input(
        "Quarters, later is more", -_FAR, _FAR, 1, help="A negative number moves them earlier."
    )
    also = st.toggle(
        "And what waits for them", help="Every live project that depends on one of them by a date."
    )
    if not quarters:
        st.html(tag("p", "By no quarter nothing moves.", class_="p-note"))
        return None
    return moved(plan, chosen, quarters, quarter, with_followers=also)


def _ask_field(plan: Plan, quarter: Quarter, chosen: Sequence[str]) -> Rework | None:
    columns = TABLES["projects"].by_name
    field = st.selectbox("Field", FIELDS, format_func=lambda name: columns[name].label)
    column = columns[field]
    text = _ask_value(plan, column)
    value = read_value(column, text, plan.calendar)
    if isinstance(value, Problem):
        st.html(tag("p", value.message, class_="p-note p-worse", role="alert"))
        return None
    return set_field(plan, chosen, field, value, quarter)


def _ask_value(plan: Plan, column: Column) -> str | None:
    """Draw a chooser where there are words or items to choose from, else a line to type into."""
    key = f"many value {column.name}"
    words: dict[str, str] = {}
    if column.allowed:
        spoken = status_word if column.name == "status" else str
        words = {word: spoken(word) for word in column.allowed}
    elif column.references:
        words = names_of(plan, column.references)
    if not words:
        return st.text_input("Value", key=key, help=md(column.help), placeholder="empty: not known") or None
    return st.selectbox(
        "Value",
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=key,
        placeholder="empty: not known",
    )


def _ask_link(plan: Plan, _quarter: Quarter, chosen: Sequence[str]) -> Rework | None:
    ends: dict[End, str] = {
        (tier, item): f"{name} ({item})"
        for table, tier in _TIER.items()
        for item, name in names_of(plan, [table]).items()
    }
    named = {_NO_END: "nothing", **ends}
    before = st.selectbox("Take off", list(named), format_func=named.__getitem__)
    after = st.selectbox("Link to", list(named), format_func=named.__getitem__)
    strength = st.segmented_control(
        "Strength of a new link",
        list(_STRENGTHS),
        format_func=_STRENGTHS.__getitem__,
        default=2,
        required=True,
    )
    if before == after:
        st.html(
            tag("p", "Choose what they are taken off, what they are linked to, or both.", class_="p-note")
        )
        return None
    return relinked(
        plan,
        chosen,
        None if before == _NO_END else before,
        None if after == _NO_END else after,
        strength or 2,
    )


def _ask_cancel(plan: Plan, quarter: Quarter, chosen: Sequence[str]) -> Rework | None:
    return cancelled(plan, chosen, quarter)


def _ask_split(plan: Plan, quarter: Quarter, chosen: Sequence[str]) -> Rework | None:
    if len(chosen) != 1:
        st.html(tag("p", "Tick one project: it is split in two.", class_="p-note"))
        return None
    project = chosen[0]
    name = names_of(plan, ["projects"]).get(project, project)
    taken = known_ids(session.database(), "projects")
    first_id = next_id("projects", taken)
    second_id = next_id("projects", [*taken, first_id])
    first = st.text_input(f"Name of the first part, {first_id}", f"{name}, part one", key=f"first {project}")
    second = st.text_input(f"Name of the second, {second_id}", f"{name}, part two", key=f"second {project}")
    percent = st.slider("Share of the first part", 5, 95, 50, step=5, format="%d%%")
    if not first.strip() or not second.strip():
        st.html(tag("p", "Give both parts a name.", class_="p-note"))
        return None
    parts = (Part(first_id, first.strip(), percent), Part(second_id, second.strip(), 100 - percent))
    return split(plan, project, parts, quarter)


def _ask_merge(plan: Plan, quarter: Quarter, chosen: Sequence[str]) -> Rework | None:
    if len(chosen) != _PAIR:
        st.html(tag("p", "Tick two projects: one of them takes the other in.", class_="p-note"))
        return None
    names = names_of(plan, ["projects"])
    survivor = st.radio(
        "Which one stays", chosen, format_func=lambda item: md(f"{names.get(item, item)} ({item})")
    )
    return merged(plan, survivor, next(item for item in chosen if item != survivor), quarter)


VERBS: Final = (
    Verb(
        "move",
        "Move",
        "Move by quarters",
        "Start, finish, benefit, milestones and work ahead move together. What has begun keeps its start.",
        "moved",
        _ask_move,
    ),
    Verb(
        "set",
        "Set a field",
        "Set one field",
        "Every ticked project gets the same value. What is closed stays closed.",
        "changed",
        _ask_field,
    ),
    Verb(
        "link",
        "Link",
        "Link to another",
        "Take them off an enabler or capability, link them to one, or both in one step.",
        "linked",
        _ask_link,
    ),
    Verb(
        "cancel",
        "Stop",
        "Stop projects",
        "They stay in the plan as cancelled, with their past and their cost; the work ahead leaves.",
        "stopped",
        _ask_cancel,
    ),
    Verb(
        "split",
        "Split",
        "Split one in two",
        "The old one is closed and names the two; money and work ahead are shared, and nothing is lost.",
        "split",
        _ask_split,
    ),
    Verb(
        "merge",
        "Merge",
        "Merge two into one",
        "The one that stays keeps its id and takes over money, work ahead, links and what waits.",
        "merged",
        _ask_merge,
    ),
)
