"""Refreshes in the manifest of a snapshot, both ways: their steps, and who left which items as they were; no plan.

FORMAT says what a manifest names and what an archive is made of; what happened to a refresh is neither a table
nor a ledger, so it is told there, under a name of its own that other readers pass over.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

from planner.model.refresh import STATE_AFTER, Refresh, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Attested: TypeAlias = Mapping[tuple[str, str], tuple[str, dt.datetime]]  # by table and id: who and when
    Kept: TypeAlias = tuple[Refresh, Attested]

REFRESHES = "refreshes"


def tell_refreshes(kept: Sequence[Kept]) -> dict[str, Any]:
    """What a manifest says of refreshes, nothing where there are none; times are UTC."""
    said = [
        {
            "number": refresh.number,
            "label": refresh.label,
            "baseline": refresh.baseline,
            "steps": [_tell_step(step) for step in refresh.steps],
            "attested": _tell_attested(attested),
        }
        for refresh, attested in kept
    ]
    return {REFRESHES: said} if said else {}


def _tell_step(step: Step) -> dict[str, Any]:
    return {
        "action": step.action,
        "actor": step.actor,
        "taken_on": step.taken_on.isoformat(),
        "comment": step.comment,
        "decision_id": step.decision_id,
        "evidence_missing": step.evidence_missing,
        "draft": step.number,
    }


def _tell_attested(attested: Attested) -> list[dict[str, Any]]:
    """The items by who attested them and when: many are attested at once."""
    by_whom: dict[tuple[dt.datetime, str, str], list[str]] = {}
    for (table, id_), (actor, on) in sorted(attested.items()):
        by_whom.setdefault((on, actor, table), []).append(id_)
    return [
        {"actor": actor, "attested_on": on.isoformat(), "table": table, "ids": ids}
        for (on, actor, table), ids in sorted(by_whom.items())
    ]


def refreshes_of(manifest: Mapping[str, Any]) -> list[Kept]:
    """The refreshes that a manifest tells of; raises ValueError, KeyError or TypeError where it does not read.

    One that is not at its end is a ValueError: no snapshot keeps such a one.
    """
    return [(_refresh_of(said), dict(_attested_of(said["attested"]))) for said in manifest.get(REFRESHES, [])]


def _refresh_of(said: Mapping[str, Any]) -> Refresh:
    steps = tuple(_step_of(step) for step in said["steps"])
    refresh = Refresh(int(said["number"]), _text(said["label"]), _text(said["baseline"]), steps)
    if not steps or refresh.is_open:
        message = f"the refresh to {refresh.label} is not at its end"
        raise ValueError(message)
    return refresh


def _step_of(said: Mapping[str, Any]) -> Step:
    action = _text(said["action"])
    if action not in STATE_AFTER:
        message = f"{action} is no step"
        raise ValueError(message)
    return Step(
        action,
        _text(said["actor"]),
        _moment(said["taken_on"]),
        _text(said["comment"]),
        _text(said["decision_id"]),
        evidence_missing=bool(said["evidence_missing"]),
        number=int(said["draft"]),
    )


def _attested_of(
    said: Iterable[Mapping[str, Any]],
) -> Iterable[tuple[tuple[str, str], tuple[str, dt.datetime]]]:
    for some in said:
        by = _text(some["actor"]), _moment(some["attested_on"])
        for id_ in some["ids"]:
            yield (_text(some["table"]), _text(id_)), by


def _text(value: object) -> str:
    if not isinstance(value, str):
        message = f"{value!r} is no text"
        raise TypeError(message)
    return value


def _moment(value: object) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        message = f"{value} has no zone"
        raise ValueError(message)
    return moment
