"""The hint for plain words stands beside what is typed, before anything is saved, wherever a reason or a why is asked."""

import pytest

from planner.actions.opening import open_plan
from planner.actions.what_if import branch
from planner.model.edit import Edit
from planner.store.drafts import apply_edits
from planner.ui import session
from planner.ui.exchange_page_in import Waiting
from tests.pages.conftest import NOW, words

CLAIMS, FLOOD = "PRJ-013", "PRJ-033"
TYPED = "we leverage a partner"
HINT = "&#x27;leverage&#x27; is a word of the trade"
WHO = {"actor": "asha", "now": NOW}

# A run without a browser is never one of the dialog alone, so these pages have it open in each run.
ADD = """
from planner.ui import session
from planner.ui.editor_grids import TABS
from planner.ui.editor_rows import add_one

add_one(session.plan_of(session.edited()), TABS["projects"][0])
"""
PASTE = ADD.replace("add_one", "paste_rows")
BRANCH = """
from planner.ui import session
from planner.ui.scenarios_page_act import ask_to_branch

ask_to_branch()
"""


def fill(app, label, text):
    boxes = [*app.text_input, *app.text_area]
    next(box for box in boxes if box.label.startswith(label)).set_value(text).run()
    assert not app.exception


@pytest.fixture
def commits():
    """How much was saved so far."""
    return lambda: session.database().commits


def test_beside_the_reason_of_a_change_to_many(open_app, sample, commits):
    app = open_app(sample, "many", project=[CLAIMS], do="cancel")
    before = commits()
    assert "word of the trade" not in words(app)
    fill(app, "Because", TYPED)
    assert HINT in words(app)
    assert commits() == before


def test_beside_the_reason_of_a_merge(open_app, sample, commits):
    db = open_plan(sample)
    dearer = Edit("projects", (FLOOD,), "cost", 340_000, 900_000)
    apply_edits(db, [dearer], version=branch(db, "draft", "A partner", **WHO).id, **WHO)
    db.close()
    app = open_app(sample, "scenarios", view="merge")
    before = commits()
    fill(app, "Because", TYPED)
    assert HINT in words(app)
    assert commits() == before


def test_beside_the_reason_of_an_import(open_app, sample, commits):
    app = open_app(sample, "exchange")
    before = commits()
    app.session_state["import"] = Waiting({"projects.csv": b"project_id,name\nPRJ-033,Another name\n"})
    app.run()
    fill(app, "Because", TYPED)
    assert HINT in words(app)
    assert commits() == before


@pytest.mark.parametrize(
    ("script", "label", "typed"),
    [
        (ADD, "Why", TYPED),
        (PASTE, "Rows", f"project_id\tname\twhy\nPRJ-099\tNew\t{TYPED}\nPRJ-033\tFloods\tlet us {TYPED}\n"),
        (BRANCH, "Why is it tried?", TYPED),
    ],
    ids=["a new row", "pasted rows", "a what-if"],
)
def test_beside_the_why_of_what_is_new(open_app, sample, commits, script, label, typed):
    app = open_app(sample, script=script)
    before = commits()
    fill(app, label, typed)
    assert HINT in words(app)
    assert commits() == before


def test_beside_the_why_of_a_link(open_app, sample):
    app = open_app(sample, "projects", project=FLOOD)
    fill(app, "Why ", TYPED)
    assert HINT in words(app)
