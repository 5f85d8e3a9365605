"""The life of an item in one sentence: where it is now against where it began; it follows no cell itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.rules.sentences import (
    counted,
    lifecycle_word,
    money_text,
    moved_text,
    spoken_quarter,
    status_word,
)

if TYPE_CHECKING:
    from planner.model.quarter import Calendar, Quarter
    from planner.rules.item_life import At, Life

_STATES = {"green": "on course", "amber": "at risk", "red": "in trouble", "grey": "too early to tell"}


def life_sentence(life: Life, calendar: Calendar, currency: str) -> str:
    """What became of an item from the first version that has it to the last, or to the one that does not."""
    there, gone = life.there, life.left_with
    begun = spoken_quarter(there[0].moment.quarter, calendar)
    told = {
        "projects": lambda: _project(life, calendar, currency),
        "outcomes": lambda: _outcome(there[0], there[-1]),
        "capabilities": lambda: _capability(there[0], there[-1]),
        "enablers": lambda: _enabler(life, calendar),
    }.get(life.table, list)()
    if gone is not None:
        left = "the draft" if gone.is_draft else spoken_quarter(gone.quarter, calendar)
        return _joined([f"{life.name} was in the plan from {begun} and left it with {left}", *told])
    return _joined([f"{life.name} has been in the plan since {begun}", *told])


def _first_known(life: Life, field: str) -> Any:
    """The cell of the first version that knows it."""
    return next((at.cells[field] for at in life.there if at.cells and at.cells[field] is not None), None)


def _moved(first: Quarter, last: Quarter, versions: int) -> str:
    """', two quarters later than first planned'; nothing where there is one version only."""
    moved = last - first
    if moved:
        return f", {moved_text(moved, words=True)} than first planned"
    return ", as first planned" if versions > 1 else ""


def _joined(parts: list[str]) -> str:
    return f"{parts[0]}: {'; '.join(parts[1:])}." if len(parts) > 1 else f"{parts[0]}."


def _project(life: Life, calendar: Calendar, currency: str) -> list[str]:
    now = life.there[-1].cells or {}
    is_over = now["status"] in {"done", "cancelled"} or life.left_with is not None
    told = []
    if now["end_date"]:
        verb = {"done": "it finished", "cancelled": "it was stopped, last planned to finish"}
        plain = "it was to finish" if life.left_with else "it finishes"
        last = calendar.of(now["end_date"])
        moved = _moved(calendar.of(_first_known(life, "end_date")), last, len(life.there))
        told.append(f"{verb.get(now['status'], plain)} in {spoken_quarter(last, calendar)}{moved}")
    elif now["status"]:
        told.append(f"it {'was' if life.left_with else 'is'} {status_word(now['status'])}")
    if now["cost"] is not None:
        said = f"it {'cost' if is_over else 'costs'} {money_text(now['cost'], currency)}"
        grown = now["cost"] - _first_known(life, "cost")
        if grown:
            said += f", {money_text(abs(grown), currency)} {'more' if grown > 0 else 'less'} than at first"
        told.append(said)
    return told


def _outcome(first: At, last: At) -> list[str]:
    was, now = first.cells or {}, last.cells or {}
    told = [f"it is {_STATES[last.status]}"] if last.status in _STATES else []
    if told and first.status in _STATES and first.status != last.status:
        told[0] += f" and was {_STATES[first.status]} at first"
    if now["weight"] is not None:
        first_weight = f", {was['weight']} at first" if was["weight"] not in {None, now["weight"]} else ""
        told.append(f"it counts for {now['weight']} of 100 points{first_weight}")
    return told


def _capability(first: At, last: At) -> list[str]:
    was, now = first.cells or {}, last.cells or {}
    if now["maturity_current"] is None:
        return [] if last.heat is None else [f"its hottest part has a heat of {last.heat}"]
    told = [f"it is at level {now['maturity_current']}"]
    if was["maturity_current"] not in {None, now["maturity_current"]}:
        told[0] += f" and was at {was['maturity_current']} at first"
    if now["maturity_target"] is not None:
        told.append(f"its goal is {now['maturity_target']}")
    if last.heat is not None:
        told.append(f"its heat is {last.heat}")
    return told


def _enabler(life: Life, calendar: Calendar) -> list[str]:
    now = life.there[-1].cells or {}
    told = [f"it is {lifecycle_word(now['lifecycle'])}"] if now["lifecycle"] else []
    if now["golive_quarter"]:
        last = calendar.parse(now["golive_quarter"])
        moved = _moved(calendar.parse(_first_known(life, "golive_quarter")), last, len(life.there))
        told.append(f"its go-live is {spoken_quarter(last, calendar)}{moved}")
    return told


def versions_text(life: Life) -> str:
    """'in 6 of 7 versions', for the line under its name."""
    there, every = len(life.there), len(life.at)
    if every == 1:
        return "in the only version"
    return (
        f"in all {counted(every, 'version')}"
        if there == every
        else f"in {there} of {counted(every, 'version')}"
    )
