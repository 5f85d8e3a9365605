"""The order of live projects after some left it and others joined: 1 to n without gaps (DOMAIN 2.3); it ranks nothing anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import Edit
from planner.rules.sight import is_live

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.model.plan import Plan


def rank_edits(
    plan: Plan, leaving: Sequence[str] = (), joining: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Edit]:
    """The edits of the ranks of those that stay and those that leave; a plan without ranks gets none.

    `joining` names for a project that leaves those that take its place, whose own ranks are given by `ranks_of`.
    """
    ranks = ranks_of(plan, leaving, joining)
    for project, rank in _ranked(plan).iter_rows():
        after = ranks.get(project)
        if after != rank:
            yield Edit("projects", (project,), "priority_rank", rank, after)


def ranks_of(
    plan: Plan, leaving: Sequence[str] = (), joining: Mapping[str, Sequence[str]] | None = None
) -> dict[str, int]:
    """The rank of each project that has one afterwards; those that join stand where the one they came of stood."""
    order: list[str] = []
    gone = set(leaving)
    for project, _ in _ranked(plan).iter_rows():
        order += (joining or {}).get(project, ())
        if project not in gone:
            order.append(project)
    return {project: place for place, project in enumerate(order, 1)}


def _ranked(plan: Plan) -> pl.DataFrame:
    """The live projects with a rank, in its order."""
    ranked = plan["projects"].filter(is_live() & pl.col("priority_rank").is_not_null())
    return ranked.sort("priority_rank", "project_id").select("project_id", "priority_rank")
