"""Plans made up at any size, always the same ones: every project with three links; nothing is measured here.

`first_plan(n)` is a plan of n projects, all of whose columns are filled as real ones are, and
`next_plan(plan)` its next version: 5% of the projects and of the links changed, 1% added, 1% removed.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from planner.model.plan import Plan, empty
from planner.model.tables import POINTS, TABLES

CHANGED, ADDED, REMOVED = 0.05, 0.01, 0.01
LINKS_EACH = 3
CAPABILITIES, OUTCOMES, TEAMS = 40, 5, 20
START, LATEST_START = dt.date(2025, 4, 1), 20  # quarters
NOW = 4  # quarters from the start to the first that is sealed
QUARTER_DAYS = 91
BEFORE = (
    "Customers",
    "Branches",
    "Claims handlers",
    "Underwriters",
    "Suppliers",
    "Field engineers",
    "Auditors",
)
PAINS = (
    "wait four days for an answer that a system could give at once",
    "type the same figures into three systems and correct them in a fourth",
    "cannot see what was promised, by whom, and until when",
    "leave at the second step because the form asks for what we know",
    "still work with a release that its vendor no longer repairs",
)
VERBS = ("Replace", "Simplify", "Open", "Move", "Automate", "Retire", "Extend", "Renew")
THINGS = (
    "the claims desk",
    "policy letters",
    "pricing tables",
    "the data platform",
    "sign-in",
    "the ledger",
    "reports",
)
PEOPLE = (
    "Chief Claims Officer",
    "Chief Customer Officer",
    "Head of Data",
    "Head of Policy",
    "Finance Director",
)
UNITS = ("Commercial Lines", "Group", "Personal Lines", "Commercial Lines|Personal Lines")
GOODS = (
    "Data migration",
    "New forms",
    "Old system off",
    "Staff trained",
    "Supplier contract",
    "Test reports",
)
RATINGS = ("green", "amber", "red", "grey")
SIZES = [int(points) for points in POINTS.split("|")]


def first_plan(projects: int, seed: int = 1) -> Plan:
    """A plan of so many projects, three links each, and the items that they serve, up to the outcomes."""
    made = _projects_and_links(1, projects, projects, seed)
    links = pl.concat([made["links"], _upward_links(projects)]).sort(TABLES["links"].key)
    return Plan.of_settled(_surroundings(projects) | made | {"links": links})


def next_plan(plan: Plan, seed: int = 2) -> Plan:
    """The next version of a plan: the shares above of its projects and links changed, added and removed."""
    before = plan["projects"]
    count, rng = before.height, np.random.default_rng(seed)
    fates = rng.permutation(count)
    leaving = before["project_id"].filter(pl.Series(fates < count * REMOVED))
    touched = pl.Series(fates >= count - round(count * CHANGED))
    first = int(before["project_id"][-1].rpartition("-")[2]) + 1
    joining = _projects_and_links(first, round(count * ADDED), count, seed)
    projects = _changed_projects(before, touched, rng).filter(~pl.col("project_id").is_in(leaving.implode()))
    links = _changed_links(
        plan["links"].filter(~pl.col("from_id").is_in(leaving.implode())),
        round(plan["links"].height * CHANGED),
        rng,
    )
    return Plan.of_settled(
        {
            **plan.frames,
            "projects": pl.concat([projects, joining["projects"]]),
            "links": pl.concat([links, joining["links"]]).sort(TABLES["links"].key),
        }
    )


def _projects_and_links(first: int, count: int, plan_size: int, seed: int) -> dict[str, pl.DataFrame]:
    """So many projects with ids from `first` on, and their links; the others decide which enablers there are."""
    number = np.arange(first, first + count)
    rng = np.random.default_rng([seed, first])
    ids = pl.select(pl.format("PRJ-{}", pl.lit(pl.Series(number)).cast(pl.String).str.zfill(7))).to_series()
    return {"projects": _projects(ids, number, rng), "links": _links(ids, number, plan_size, rng)}


def _projects(ids: pl.Series, number: np.ndarray, rng: np.random.Generator) -> pl.DataFrame:
    count = len(ids)
    starts = rng.integers(0, LATEST_START, count)
    length = rng.integers(1, 9, count)
    cost = rng.integers(5, 400, count) * 10_000
    cells = {
        "project_id": ids,
        "name": _format("{} {} {}", _some(rng, VERBS, count), _some(rng, THINGS, count), pl.Series(number)),
        "why": _format("{} {}.", _some(rng, BEFORE, count), _some(rng, PAINS, count)),
        "kind": _some(rng, TABLES["projects"].by_name["kind"].allowed, count),
        "status": _statuses(starts, starts + length, rng),
        "sponsor": _some(rng, PEOPLE, count),
        "business_unit": _some(rng, UNITS, count),
        "lead_team_id": _format("TEAM-{}", _padded(rng.integers(1, TEAMS + 1, count), 2)),
        "start_date": _first_days(starts),
        "end_date": _first_days(starts + length) - dt.timedelta(days=1),
        "date_precision": _some(rng, ("day", "month", "quarter", "half", "year"), count),
        "cost": cost,
        "capex": cost * rng.integers(3, 9, count) // 10,
        "benefit_annual": rng.integers(0, 200, count) * 5_000,
        "benefit_start_quarter": _labels(starts + length),
        "priority_rank": number,
        "rag": _some(rng, RATINGS, count),
        "confidence_pct": rng.integers(4, 20, count) * 5,
        "estimate_class": rng.integers(1, 6, count),
        **{name: rng.choice(SIZES, count) for name in ("business_value", "time_criticality")},
        **{name: rng.choice(SIZES, count) for name in ("risk_opportunity", "job_size")},
        "success_probability": rng.integers(6, 20, count) / 20,
        "deliverables": _format("{}|Weekly report", _some(rng, GOODS, count)),
        "superseded_by": _mostly_empty(ids.shift(-1), number, 97),
        "split_from": _mostly_empty(ids.shift(1), number, 89),
        "funding_status": _some(rng, ("unfunded", "requested", "funded"), count),
        "tags": _some(
            rng, ("cloud", "cloud|regulation", "customer", "customer|efficiency", "security"), count
        ),
    }
    return _typed("projects", cells)


def _links(ids: pl.Series, number: np.ndarray, plan_size: int, rng: np.random.Generator) -> pl.DataFrame:
    """Each project delivers two enablers and improves one capability."""
    count, enablers = len(ids), _enablers(plan_size)
    first = rng.integers(0, enablers, count)
    served = {
        "enabler": [(first, 0), ((first + 1 + number % (enablers - 1)) % enablers, 1)],
        "capability": [(rng.integers(0, CAPABILITIES, count), 2)],
    }
    link_type = {"enabler": "delivers", "capability": "improves"}
    frames = [
        _typed(
            "links",
            {
                "from_type": pl.repeat("project", count, eager=True),
                "from_id": ids,
                "to_type": pl.repeat(tier, count, eager=True),
                "to_id": _format(f"{tier[:3].upper()}-{{}}", _padded(places + 1, 5)),
                "link_type": pl.repeat(link_type[tier], count, eager=True),
                "strength": rng.integers(1, 4, count),
                "rationale": _mostly_empty(_some(rng, PAINS, count), number + salt, 4),
            },
        )
        for tier, targets in served.items()
        for places, salt in targets
    ]
    return pl.concat(frames).sort(TABLES["links"].key)


def _changed_projects(before: pl.DataFrame, touched: pl.Series, rng: np.random.Generator) -> pl.DataFrame:
    """Move, recost, rate and rename the touched projects; most change in two or three fields."""
    dice = pl.Series(rng.integers(0, 60, before.height))
    of_sort = {
        "end_date": (dice % 2 == 0, pl.col("end_date").dt.offset_by(f"{QUARTER_DAYS}d")),
        "start_date": (dice % 6 == 0, pl.col("start_date").dt.offset_by(f"{QUARTER_DAYS}d")),
        "cost": (dice % 3 == 1, pl.col("cost") * 11 // 10),
        "benefit_annual": (dice % 10 == 1, pl.lit(None, pl.Int64)),
        "confidence_pct": (dice % 2 == 1, (pl.col("confidence_pct") + 25) % 100),
        "rag": (
            dice % 4 == 3,
            pl.col("rag").replace(dict(zip(RATINGS, RATINGS[1:] + RATINGS[:1], strict=True))),
        ),
        "status": (
            dice % 12 == 5,
            pl.col("status").replace({"planned": "in_progress", "in_progress": "done"}),
        ),
        "deliverables": (dice % 15 == 2, pl.concat_str("deliverables", pl.lit("|Withdrawn"))),
        "priority_rank": (dice % 20 == 4, pl.col("priority_rank") + 50),
        "name": (dice % 30 == 7, pl.concat_str("name", pl.lit(" again"))),
        "date_precision": (dice % 30 == 8, pl.lit("day")),
    }
    return before.with_columns(
        pl.when(touched & holds).then(becomes).otherwise(pl.col(name)).alias(name)
        for name, (holds, becomes) in of_sort.items()
    )


def _changed_links(before: pl.DataFrame, many: int, rng: np.random.Generator) -> pl.DataFrame:
    touched = pl.Series(rng.permutation(before.height) < many)
    stronger = pl.col("strength") % 3 + 1
    return before.with_columns(strength=pl.when(touched).then(stronger).otherwise(pl.col("strength")))


def _surroundings(projects: int) -> dict[str, pl.DataFrame]:
    """What projects serve and who does them; alike in all versions."""
    settings = {
        "currency": "GBP",
        "fiscal_year_start_month": "4",
        "plan_name": "Made up",
        "plan_uid": "made-up",
    }
    enablers, teams = np.arange(1, _enablers(projects) + 1), np.arange(1, TEAMS + 1)
    capabilities, outcomes = np.arange(1, CAPABILITIES + 1), np.arange(1, OUTCOMES + 1)
    return {
        "settings": _typed("settings", {"key": list(settings), "value": list(settings.values())}),
        "teams": _typed(
            "teams",
            {"team_id": _format("TEAM-{}", _padded(teams, 2)), "name": _format("Team {}", pl.Series(teams))},
        ),
        "outcomes": _typed(
            "outcomes",
            {
                "outcome_id": _format("OUT-{}", _padded(outcomes, 2)),
                "name": _format("Be better at {}", pl.Series(outcomes)),
                "owner": [PEOPLE[place % len(PEOPLE)] for place in outcomes],
                "weight": [100 // OUTCOMES] * OUTCOMES,
                "need_by": [dt.date(2029, 3, 31)] * OUTCOMES,
                "status": ["active"] * OUTCOMES,
            },
        ),
        "capabilities": _typed(
            "capabilities",
            {
                "capability_id": _format("CAP-{}", _padded(capabilities, 5)),
                "name": _format("Capability {}", pl.Series(capabilities)),
                "importance": capabilities % 5 + 1,
            },
        ),
        "enablers": _typed(
            "enablers",
            {
                "enabler_id": _format("ENA-{}", _padded(enablers, 5)),
                "name": _format("Enabler {}", pl.Series(enablers)),
                "golive_quarter": _labels(enablers % LATEST_START),
            },
        ),
    }


def _enablers(projects: int) -> int:
    return max(10, projects // 20)


def _upward_links(projects: int) -> pl.DataFrame:
    """Links from the items that projects serve up to the outcomes."""
    enablers, capabilities = np.arange(_enablers(projects)), np.arange(CAPABILITIES)
    tiers = (
        (
            "enabler",
            _ids("ENA", enablers, 5),
            "capability",
            _ids("CAP", enablers % CAPABILITIES, 5),
            "supports",
        ),
        (
            "capability",
            _ids("CAP", capabilities, 5),
            "outcome",
            _ids("OUT", capabilities % OUTCOMES, 2),
            "contributes",
        ),
    )
    names = ("from_type", "from_id", "to_type", "to_id", "link_type")
    return pl.concat(
        _typed(
            "links",
            {
                name: cells if isinstance(cells, pl.Series) else [cells] * len(row[1])
                for name, cells in zip(names, row, strict=True)
            }
            | {"strength": [2] * len(row[1])},
        )
        for row in tiers
    )


def _ids(prefix: str, places: np.ndarray, digits: int) -> pl.Series:
    return _format(f"{prefix}-{{}}", _padded(places + 1, digits))


def _typed(table: str, cells: dict[str, object]) -> pl.DataFrame:
    """A frame of a table with its declared types; columns that are not given are empty."""
    given = pl.DataFrame(cells)
    blank = empty(TABLES[table]).clear(given.height)
    return given.select(
        (pl.col(name) if name in cells else pl.lit(blank[name])).cast(kind).alias(name)
        for name, kind in blank.schema.items()
    )


def _some(rng: np.random.Generator, words: tuple[str, ...] | list[str], count: int) -> pl.Series:
    return pl.Series(words)[pl.Series(rng.integers(0, len(words), count))]


def _format(text: str, *parts: pl.Series) -> pl.Series:
    return pl.select(pl.format(text, *(pl.lit(part) for part in parts))).to_series()


def _statuses(starts: np.ndarray, ends: np.ndarray, rng: np.random.Generator) -> pl.Series:
    """What the dates say, as of the first quarter sealed; one in thirty is stopped, one in ten on hold or an idea."""
    dice = rng.integers(0, 30, len(starts))
    running = np.where(dice % 10 == 1, "on_hold", "in_progress")
    coming = np.where(dice % 10 == 1, "proposed", "planned")
    by_dates = np.where(ends <= NOW, "done", np.where(starts < NOW, running, coming))
    return pl.Series(np.where(dice == 0, "cancelled", by_dates).tolist())


def _padded(numbers: np.ndarray, digits: int) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(digits)


def _mostly_empty(cells: pl.Series, number: np.ndarray, nth: int) -> pl.Series:
    """Keep each nth cell."""
    return cells.set(pl.Series(number % nth != 0), None)


def _first_days(quarters: np.ndarray) -> pl.Series:
    months = pl.Series((quarters * 3).astype(np.int64)).cast(pl.String) + "mo"
    return pl.select(pl.lit(START).dt.offset_by(pl.lit(months))).to_series()


def _labels(quarters: np.ndarray) -> pl.Series:
    year, number = 26 + quarters // 4, quarters % 4 + 1
    return _format("FY{}-Q{}", pl.Series(year), pl.Series(number))
