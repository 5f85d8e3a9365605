"""What a process does until it is killed: save, import and seal in a loop, and tell of each once it was done."""

import datetime as dt

import polars as pl

from planner.model.edit import Edit
from planner.model.version import Label
from planner.store.database import Database
from planner.store.drafts import apply_edits, draft_version, replace_draft
from planner.store.snapshots import load_plan, seal_draft
from planner.store.versions import list_versions

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
PROJECTS = 150
MODES = {"by default": "", "at a tiny log": "16KB", "after each step": "explicit"}


def opened(path, mode, *, create=False):
    at = MODES[mode] if MODES[mode] != "explicit" else ""
    return Database.open(path, create=create, checkpoint_at=at)


def import_frames(count):
    """The projects of import number `count`: every row carries the number."""
    ids = [f"P-{number:04d}" for number in range(PROJECTS)]
    rows = {"project_id": ids, "name": [f"Project {key}" for key in ids], "cost": [count] * PROJECTS}
    return {"projects": pl.DataFrame(rows)}


def begin(path, mode):
    """Make the database that is worked on."""
    db = opened(path, mode, create=True)
    outcome = pl.DataFrame({"outcome_id": ["O-1"], "name": ["Counter"], "weight": [0]})
    replace_draft(db, {"outcomes": outcome, **import_frames(0)}, actor="first", now=NOW)
    db.close()


def state(plan):
    """The number of saves and of imports that a plan carries; each import is there whole."""
    (saves,) = plan["outcomes"]["weight"].to_list()
    (imports,) = plan["projects"]["cost"].unique().to_list()
    assert plan["projects"].height == PROJECTS
    return saves, imports


def work(path, mode, tell):
    """Go on where the last process was killed; `tell` is called after each step with what was done."""
    db = opened(path, mode)
    saves, imports = state(load_plan(db, "draft"))
    tell(("opened",))
    while True:
        saves = 0 if saves == 100 else saves + 1
        before = 100 if saves == 0 else saves - 1
        edit = Edit("outcomes", ("O-1",), "weight", before, saves)
        assert apply_edits(db, [edit], actor="worker", now=NOW).applied == 1
        tell(("saved", saves))
        _settle(db, mode)
        imports += 1
        replace_draft(db, import_frames(imports), actor="worker", now=NOW, reason="again")
        tell(("imported", imports))
        _settle(db, mode)
        version = seal_next(db)
        tell(("sealed", version.label, version.fingerprint))
        _settle(db, mode)


def seal_next(db):
    """Seal the draft as the revision after the last one."""
    revision = sum(version.is_sealed for version in list_versions(db)) + 1
    return seal_as(db, revision)[0]


def seal_as(db, revision):
    plan = load_plan(db, "draft")
    label = Label(plan.calendar.parse("2027-Q1"), revision)
    return seal_draft(
        db,
        label=label,
        as_of=NOW.date(),
        now=NOW,
        author="worker",
        note="",
        findings={},
        number=draft_version(db).number,
    )


def _settle(db, mode):
    if MODES[mode] == "explicit":
        db.checkpoint()


def work_in_child(path, mode, pipe):
    """Work in a process of its own; what was done is in the pipe even after the process was killed."""
    work(path, mode, pipe.send)
