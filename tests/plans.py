"""Plans made up for laws: small, linked, with nasty texts and missing cells."""

import datetime as dt
import string

import polars as pl
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.model.tables import TABLES

IDS = st.sampled_from([f"X-{number}" for number in range(6)])
WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Cf")), max_size=12
)
NAMES = st.one_of(st.sampled_from(['"quoted"', "=1+1", "Cafe\u0301", "a;b", "naïve ☂"]), WORDS).map(
    lambda text: text.strip() or "x"
)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2033, 12, 31))
QUARTERS = st.builds(lambda year, number: f"FY{year}-Q{number}", st.integers(24, 33), st.integers(1, 4))
FEW = 3


def cells(column):
    """A strategy for one cell of a column."""
    kinds = {
        "id": IDS,
        "ids": st.sets(IDS, min_size=1, max_size=3).map(lambda ids: "|".join(sorted(ids))),
        "text": NAMES.map(lambda text: text[: int(column.most or 40)]),
        "list": st.sets(st.sampled_from(string.ascii_lowercase[:5]), min_size=1).map(
            lambda s: "|".join(sorted(s))
        ),
        "date": DAYS,
        "quarter": QUARTERS,
        "money": st.integers(-5_000, 2_000_000),
        "flag": st.booleans(),
        "number": st.sampled_from([0.0, 0.08, 0.25, 0.5, 1.0]),
    }
    if column.allowed:
        words = st.sampled_from(column.allowed)
        filled = words if column.kind == "choice" else words.map(int)
    elif column.kind == "whole":
        filled = st.integers(int(column.least or 0), int(column.most if column.most is not None else 9))
    else:
        filled = kinds[column.kind]
    return filled if column.required else st.one_of(st.none(), filled)


def rows(name):
    """A strategy for the rows of one table, keys unique."""
    table = TABLES[name]
    row = st.fixed_dictionaries({column.name: cells(column) for column in table.columns})
    return st.lists(row, max_size=FEW, unique_by=lambda row: tuple(row[key] for key in table.key))


def frame_of(name, rows):
    """A table's frame from rows that name some of its columns."""
    schema = {column.name: column.polars_type for column in TABLES[name].columns}
    return pl.DataFrame([{key: row.get(key) for key in schema} for row in rows], schema=schema, orient="row")


@st.composite
def plans(
    draw, tables=("outcomes", "kpis", "capabilities", "enablers", "projects", "links", "phasing", "capacity")
):
    """A strategy for plans of an April year with rows in some tables."""
    frames = {
        "settings": pl.DataFrame({"key": ["currency", "fiscal_year_start_month"], "value": ["GBP", "4"]})
    }
    for name in tables:
        schema = {column.name: column.polars_type for column in TABLES[name].columns}
        frames[name] = pl.DataFrame(draw(rows(name)), schema=schema, orient="row")
    return Plan.of(frames)
