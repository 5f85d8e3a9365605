"""Undo and redo over many saves: each person has steps of their own, and the other's cells are never touched."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import NothingToRedo, NothingToUndo, StepsChanged
from planner.model.edit import Edit
from planner.store.database import Database
from planner.store.drafts import redo_last_undo, undo_last_save, undo_saves
from planner.store.snapshots import load_plan
from planner.store.steps import load_steps
from tests.store.small import NOW, cell, fill, project, save, seal, small_frames

LATER = NOW + dt.timedelta(minutes=5)
NEW = {"project_id": "P-9", "name": "Nine", "cost": 5}


def undo(db, actor="ann"):
    return undo_last_save(db, actor=actor, now=LATER)


def redo(db, actor="ann"):
    return redo_last_undo(db, actor=actor, now=LATER)


def cost(db, key="P-1"):
    return project(db, key)["cost"]


def steps(db, actor="ann", most=50):
    """The steps of a person as pairs: the saved value of each, and whether it is undone."""
    found = load_steps(db, actor, most)
    return [(step.edits[0].after, step.is_undone) for step in found if step.edits[0].table == "projects"]


@pytest.fixture
def costed(db):
    """A draft that somebody else filled, on which ann saved the costs 11, 12 and 13."""
    fill(db, actor="start")
    for before in (10, 11, 12):
        save(db, cell("P-1", "cost", before, before + 1))
    return db


def test_undos_go_further_back_and_redos_come_forward_again(costed):
    seen = []
    for act in (undo, undo, redo, undo, undo, redo, redo, redo):
        assert act(costed).conflicts == ()
        seen.append(cost(costed))
    assert seen == [12, 11, 12, 11, 10, 11, 12, 13]
    with pytest.raises(NothingToRedo, match="ann"):
        redo(costed)


def test_an_undo_or_a_redo_is_no_step(costed):
    undo(costed)
    undo(costed)
    redo(costed)
    assert steps(costed) == [(13, True), (12, False), (11, False)]


def test_what_is_undone_to_the_end_leaves_nothing_to_undo(costed):
    for _ in range(3):
        undo(costed)
    assert cost(costed) == 10
    with pytest.raises(NothingToUndo):
        undo(costed)


def test_a_save_after_an_undo_ends_what_can_be_redone(costed):
    undo(costed)
    save(costed, cell("P-1", "cost", 12, 20))
    with pytest.raises(NothingToRedo):
        redo(costed)
    assert [step.can_redo for step in load_steps(costed, "ann", 9)] == [False] * 4
    undo(costed)
    undo(costed)
    assert (cost(costed), steps(costed)) == (11, [(20, True), (13, True), (12, True), (11, False)])
    redo(costed)
    assert cost(costed) == 12
    redo(costed)
    assert cost(costed) == 20


def test_the_save_of_another_person_ends_no_redo(costed):
    undo(costed)
    save(costed, cell("P-2", "cost", 20, 21), actor="bob")
    assert redo(costed).conflicts == ()
    assert (cost(costed), cost(costed, "P-2")) == (13, 21)


def test_nobody_redoes_what_another_person_undid(costed):
    undo(costed)
    with pytest.raises(NothingToRedo, match="bob"):
        redo(costed, "bob")


def test_a_redo_never_overwrites_what_somebody_else_changed(costed):
    undo(costed)
    save(costed, cell("P-1", "cost", 12, 99), actor="bob")
    redone = redo(costed)
    assert [(conflict.stored, conflict.changed_by) for conflict in redone.conflicts] == [(99, "bob")]
    assert cost(costed) == 99


def test_an_undo_that_found_every_cell_changed_is_not_in_the_way_of_the_next(filled):
    save(filled, cell("P-1", "cost", 10, 11))
    save(filled, cell("P-2", "cost", 20, 21))
    save(filled, cell("P-2", "cost", 21, 99), actor="bob")
    assert [conflict.stored for conflict in undo(filled).conflicts] == [99]
    assert undo(filled).conflicts == ()
    assert (cost(filled), cost(filled, "P-2")) == (10, 99)


def test_undo_and_redo_never_go_past_a_sealing(costed):
    undo(costed)
    seal(costed)
    assert load_steps(costed, "ann", 9) == []
    for act, refusal in ((undo, NothingToUndo), (redo, NothingToRedo)):
        with pytest.raises(refusal):
            act(costed)


def test_several_saves_are_undone_at_once_and_redone_one_by_one(costed):
    newest = [step.save for step in load_steps(costed, "ann", 2)]
    assert undo_saves(costed, newest, actor="ann", now=LATER).applied == 2
    assert cost(costed) == 11
    redo(costed)
    assert cost(costed) == 12


def test_a_redo_puts_back_the_undo_that_was_shown_or_none(costed):
    undo(costed)
    shown = load_steps(costed, "ann", 9)[0].undo
    undo(costed)
    with pytest.raises(StepsChanged):
        redo_last_undo(costed, actor="ann", now=LATER, undo=shown)
    assert cost(costed) == 11
    last = load_steps(costed, "ann", 9)[1].undo
    assert redo_last_undo(costed, actor="ann", now=LATER, undo=last).applied == 1
    assert cost(costed) == 12


@pytest.mark.parametrize("chosen", [[], [3], [2, 3], [4, 3, 2, 1]])
def test_saves_that_are_not_the_last_ones_are_not_undone(costed, chosen):
    with pytest.raises(StepsChanged):
        undo_saves(costed, chosen, actor="ann", now=LATER)
    assert cost(costed) == 13


def test_a_step_tells_when_why_and_what_without_its_reasons(filled):
    why = {"table": "projects", "id": "P-2", "kind": "", "field": "cost", "reason_text": "late"}
    edits = [
        Edit("reasons", ("projects", "P-2", "", "cost"), "", None, why),
        cell("P-2", "cost", 20, 21),
        cell("P-2", "name", "Two", "Due"),
        Edit("projects", ("P-9",), "", None, NEW),
    ]
    save(filled, *edits, now=LATER)
    (step, *_) = load_steps(filled, "ann", 1)
    assert (step.saved_on, step.changes, step.rows) == (LATER, 3, 2)
    assert {(edit.id, edit.field) for edit in step.edits} == {("P-2", "cost"), ("P-2", "name"), ("P-9", "")}


def test_the_list_ends_with_the_last_steps_but_never_hides_what_can_be_undone_or_redone(costed):
    assert steps(costed, most=1) == [(13, False)]
    undo(costed)
    undo(costed)
    assert steps(costed, most=1) == [(13, True), (12, True), (11, False)]


# --- laws

CELLS = {"ann": [("P-1", "cost"), ("P-2", "cost")], "bob": [("P-1", "benefit_annual"), ("007", "cost")]}
ROW = ("P-9", "")
ACTS = st.tuples(
    st.sampled_from(["ann", "bob"]),
    st.one_of(
        st.tuples(st.just("save"), st.sampled_from([0, 1, 2]), st.integers(0, 3)),
        st.sampled_from([("undo",), ("redo",)]),
    ),
)


class Person:
    """What a person's cells hold, and the states to which undo and redo lead."""

    def __init__(self, db, name) -> None:
        self.db, self.name = db, name
        # a cell of a project each, or a whole project that is there or not
        self.cells = {place: project(db, place[0])[place[1]] for place in CELLS[name]}
        self.cells |= {(f"new-{name}", ""): None}
        self.past, self.future = [], []

    def act(self, what):
        match what:
            case ("save", at, value):
                self.save(list(self.cells)[at], value)
            case ("undo",) if self.past:
                assert undo(self.db, self.name).conflicts == ()
                self.future.append(self.cells)
                self.cells = self.past.pop()
            case ("redo",) if self.future:
                assert redo(self.db, self.name).conflicts == ()
                self.past.append(self.cells)
                self.cells = self.future.pop()
            case (act,):
                with pytest.raises(NothingToUndo if act == "undo" else NothingToRedo):
                    {"undo": undo, "redo": redo}[act](self.db, self.name)

    def save(self, place, value):
        key, field = place
        before = self.cells[place]
        row = {"project_id": key, "name": "New"}
        after = value if field else (None if before else row)
        if before != after:
            save(self.db, Edit("projects", (key,), field, before, after), actor=self.name)
            self.past.append(self.cells)
            self.cells, self.future = self.cells | {place: after}, []

    def holds(self, plan):
        rows = {row["project_id"]: row for row in plan["projects"].iter_rows(named=True)}
        for (key, field), value in self.cells.items():
            stored = rows[key][field] if field else key in rows
            assert stored == (value if field else value is not None)


@settings(max_examples=12, deadline=None)
@given(acts=st.lists(ACTS, min_size=3, max_size=14))
def test_undos_and_redos_of_two_people_lead_where_their_own_steps_lead(acts):
    db = Database.in_memory()
    fill(db, small_frames(), actor="start")
    people = {name: Person(db, name) for name in CELLS}
    for name, what in acts:
        people[name].act(what)
        plan = load_plan(db, "draft")
        for person in people.values():
            person.holds(plan)
    ann = people["ann"]
    plan, number = load_plan(db, "draft"), len(ann.past)
    shown = load_steps(db, "ann", 99)
    assert sum(not step.is_undone for step in shown) == number
    assert sum(step.can_redo for step in shown) == len(ann.future)
    for _ in range(number):
        ann.act(("undo",))
    for person in people.values():
        person.holds(load_plan(db, "draft"))
    for _ in range(number):
        ann.act(("redo",))
    assert load_plan(db, "draft") == plan
    db.close()
