"""The sample plan and its ledgers for tests, read with polars alone; what reading must refuse is tested elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polars as pl

from planner.model.ledgers import LEDGERS
from planner.model.plan import Plan
from planner.model.tables import TABLES

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
SHARED = Path(__file__).parents[2] / "shared"
LABELS = ("FY26-Q2", "FY26-Q3", "FY26-Q4", "FY27-Q1", "FY27-Q2", "FY27-Q3")


@lru_cache
def sample_plan(label: str) -> Plan:
    """One quarter of the sample."""
    frames = {}
    for file in sorted((SAMPLE / label).glob("*.csv")):
        table = TABLES[file.stem]
        types = {column.name: column.polars_type for column in table.columns}
        frames[file.stem] = pl.read_csv(file, schema_overrides=types)
    return Plan.of(frames)


@lru_cache
def sample_ledger(name: str) -> pl.DataFrame:
    """One ledger of the sample, dates read as dates; columns that its file lacks are empty, as in the store."""
    frame = pl.read_csv(SAMPLE / "ledgers" / f"{name}.csv", try_parse_dates=True)
    lacking = [column for column in LEDGERS[name].columns if column.name not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=column.polars_type).alias(column.name) for column in lacking)
