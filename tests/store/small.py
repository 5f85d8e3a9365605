"""A small plan in a store, and the verbs of these tests with what they always say the same."""

import datetime as dt

import polars as pl

from planner.model.edit import Edit
from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.model.version import Label
from planner.store.drafts import apply_edits, draft_version, replace_draft
from planner.store.snapshots import load_plan, seal_draft

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
AS_OF = dt.date(2027, 1, 14)


def frame(table, *rows):
    """Rows of a table; columns that are not given are empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pl.DataFrame(rows, schema={name: TABLES[table].by_name[name].polars_type for name in names})


def small_frames():
    return {
        "settings": frame(
            "settings",
            {"key": "currency", "value": "GBP"},
            {"key": "fiscal_year_start_month", "value": "4"},
        ),
        "outcomes": frame("outcomes", {"outcome_id": "O-1", "name": "Fast claims", "weight": 100}),
        "projects": frame(
            "projects",
            {"project_id": "P-1", "name": "One", "cost": 10, "end_date": dt.date(2027, 3, 31), "tags": "b|a"},
            {"project_id": "P-2", "name": "Two", "cost": 20, "success_probability": 0.5},
            {"project_id": "007", "name": "Seven", "cost": None},
        ),
        "links": frame(
            "links",
            {
                "from_type": "project",
                "from_id": "P-1",
                "to_type": "enabler",
                "to_id": "E-1",
                "link_type": "delivers",
                "strength": 3,
            },
        ),
        "enablers": frame("enablers", {"enabler_id": "E-1", "name": "Platform"}),
        "reasons": frame(
            "reasons", {"table": "projects", "id": "P-1", "kind": "", "field": "", "reason_text": "it pays"}
        ),
    }


def small_plan():
    return Plan.of(small_frames())


def fill(db, frames=None, actor="ann"):
    return replace_draft(db, small_frames() if frames is None else frames, actor=actor, now=NOW)


def seal(db, text="FY27-Q4", **given):
    """Seal the draft as it is now."""
    said = {"as_of": AS_OF, "now": NOW, "author": "ann", "note": "first", "findings": {}}
    said |= {"number": draft_version(db).number} | given
    label = Label.parse(text, load_plan(db, "draft").calendar)
    return seal_draft(db, label=label, **said)


def cell(project, field, before, after):
    return Edit("projects", (project,), field, before, after)


def save(db, *edits, actor="ann", now=NOW):
    return apply_edits(db, edits, actor=actor, now=now)


def project(db, project_id, version="draft"):
    """The cells of one project as they are stored, None where there is none."""
    rows = load_plan(db, version)["projects"].filter(pl.col("project_id") == project_id)
    return rows.row(0, named=True) if rows.height else None
