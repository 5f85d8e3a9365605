"""The fingerprint: the same on every machine, recomputed here in plain Python from FORMAT 2."""

import datetime as dt
import hashlib
import json
import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.fingerprint import canonical_lines, chain_of, number_text
from planner.model.plan import Plan
from planner.model.tables import TABLES
from tests.plans import plans


def plain_value(value):
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return int(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def plain_fingerprint(plan):
    """FORMAT 2 again, slowly: one JSON line a row, only filled cells, names sorted, no `reasons`."""
    digest = hashlib.sha256()
    for name, table in TABLES.items():
        if name == "reasons":
            continue
        for row in sorted(plan[name].to_dicts(), key=lambda row: [row[key].encode() for key in table.key]):
            filled = {field: plain_value(value) for field, value in row.items() if value is not None}
            line = json.dumps([name, filled], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            digest.update(f"{line}\n".encode())
    return f"1:{digest.hexdigest()}"


@settings(max_examples=15, deadline=None)
@given(plans())
def test_the_fingerprint_is_the_one_that_format_describes(plan):
    assert plan.fingerprint == plain_fingerprint(plan)


def test_an_empty_plan_has_the_fingerprint_of_no_lines():
    assert Plan.of().fingerprint == f"1:{hashlib.sha256(b'').hexdigest()}"


def test_the_order_of_rows_is_not_part_of_the_fingerprint():
    rows = pl.DataFrame({"project_id": ["P1", "P2"], "name": ["a", "b"]})
    assert Plan.of({"projects": rows}).fingerprint == Plan.of({"projects": rows.reverse()}).fingerprint


def test_one_changed_cell_is_another_fingerprint():
    rows = pl.DataFrame({"project_id": ["P1"], "name": ["a"], "cost": [1]})
    dearer = rows.with_columns(cost=2)
    assert Plan.of({"projects": rows}).fingerprint != Plan.of({"projects": dearer}).fingerprint


def test_an_empty_cell_and_a_zero_are_not_the_same_plan():
    unknown = pl.DataFrame(
        {"project_id": ["P1"], "name": ["a"], "cost": [None]}, schema_overrides={"cost": pl.Int64}
    )
    free = unknown.with_columns(cost=0)
    assert Plan.of({"projects": unknown}).fingerprint != Plan.of({"projects": free}).fingerprint


def test_reasons_are_no_part_of_the_fingerprint_but_of_the_digests():
    reasons = pl.DataFrame({"table": ["projects"], "id": ["P1"], "reason_text": ["it rained"]})
    plan = Plan.of({"reasons": reasons})
    assert plan.fingerprint == Plan.of().fingerprint
    assert plan.digests.keys() == {"reasons"}
    assert plan != Plan.of()


@given(st.text(), st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_is_written_as_json(name, why):
    rows = pl.DataFrame({"project_id": ["P1"], "name": [name or "x"], "why": [why or None]})
    written = canonical_lines("projects", Plan.of({"projects": rows})["projects"])
    kind, row = json.loads(written)
    assert kind == "projects"
    assert row["name"] == unicodedata.normalize("NFC", name or "x")


@pytest.mark.parametrize(
    ("value", "text"),
    [(24.0, "24"), (0.08, "0.08"), (-3.0, "-3"), (0.1 + 0.2, "0.30000000000000004"), (None, None)],
)
def test_a_number_is_written_with_the_fewest_digits(value, text):
    assert number_text(value) == text


def test_a_chain_hangs_on_every_part_of_its_header():
    header = ["FY27-Q3", "2026-10-16", "2026-10-16T12:00:00Z", "Committee", "note"]
    chains = {
        chain_of("", "1:a", "r", header),
        chain_of("x", "1:a", "r", header),
        chain_of("", "1:b", "r", header),
    }
    chains |= {chain_of("", "1:a", "s", header)}
    chains |= {
        chain_of("", "1:a", "r", [*header[:place], "other", *header[place + 1 :]]) for place in range(5)
    }
    assert len(chains) == 9
