"""Places among common projects: counted from ranks as if every project had been lined up by name."""

from __future__ import annotations

import random

import polars as pl
import pytest

from planner.model.plan import empty
from planner.model.tables import TABLES
from planner.rules.drift_places import places_moved
from planner.rules.drift_rows import compare_frames


def projects(rows):
    schema = empty(TABLES["projects"]).schema
    given = pl.DataFrame(
        [(name, status, rank) for name, (status, rank) in rows.items()],
        schema={name: schema[name] for name in ("project_id", "status", "priority_rank")},
        orient="row",
    )
    return pl.concat([empty(TABLES["projects"]), given], how="diagonal")


def lined_up(before, after, least):
    """DOMAIN 3.2 word by word: the common live and ranked ones, lined up by rank in each version."""
    common = [
        name
        for name in before.keys() & after.keys()
        if all(
            side[name][1] is not None and side[name][0] not in {"done", "cancelled"}
            for side in (before, after)
        )
    ]

    def place(side, name):
        return sum(side[other][1] < side[name][1] for other in common)

    moves = {name: place(before, name) - place(after, name) for name in common}
    return {name: places for name, places in moves.items() if abs(places) >= least}


@pytest.mark.parametrize("seed", range(40))
def test_places_are_those_of_the_common_projects_lined_up(seed):
    dice = random.Random(seed)  # noqa: S311  plans made up, no secret
    statuses = ("planned", "in_progress", "planned", "done", "cancelled", None)
    before = {
        f"P-{at:02}": (dice.choice(statuses), dice.choice([None, *range(12)]))
        for at in range(dice.randint(2, 20))
    }
    after = {name: cells for name, cells in before.items() if dice.random() < 0.9}
    for name, (status, rank) in after.items():
        after[name] = (
            dice.choice([status] * 5 + [None, "done"]),
            dice.choice([rank] * 3 + [None, dice.randint(0, 12)]),
        )
    after |= {f"Q-{at}": ("planned", dice.randint(0, 12)) for at in range(dice.randint(0, 3))}
    frames = projects(before), projects(after)
    found = places_moved(compare_frames("projects", *frames), frames[1], 2)
    assert dict(found.iter_rows()) == lined_up(before, after, 2)
