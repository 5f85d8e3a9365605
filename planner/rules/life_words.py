"""The life of an item in one sentence: where it is now against where it began; it follows no cell itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.sentences import (
    counted,
    money_text,
    moved_text,
    spoken_quarter,
    status_word,
)

if TYPE_CHECKING:
    from planner.model.quarter import Calendar
    from planner.rules.item_life import At, Life

_LIFECYCLES = {
    "plan": "planned", "phase_in": "being phased in", "active": "in use", "phase_out": "being phased out",
    "end_of_life": "switched off",
}  # fmt: skip
_STATES = {"green": "on course", "amber": "at risk", "red": "in trouble", "grey": "too early to tell"}


def lifecycle_word(word: str | None) -> str:
    """The place of an enabler in its life, as people say it."""
    return _LIFECYCLES.get(word or "", word or "")


def life_sentence(life: Life, calendar: Calendar, currency: str) -> str:
    """What became of an item from the first version that has it to the last, or to the one that does not."""
    there = life.there
    first, last = there[0], there[-1]
    begun = f"in the plan since {spoken_quarter(first.moment.quarter, calendar)}"
    told = {
        "projects": lambda: _project(first, last, calendar, currency),
        "outcomes": lambda: _outcome(first, last),
        "capabilities": lambda: _capability(first, last),
        "enablers": lambda: _enabler(first, last, calendar),
    }.get(life.table, list)()
    gone = life.left_with
    if gone is not None:
        left = (
            f"left the plan with {'the draft' if gone.is_draft else spoken_quarter(gone.quarter, calendar)}"
        )
        return _joined([f"{life.name} was {begun}, and {left}", *(told)])
    return _joined([f"{life.name} has been {begun}", *told])


def _joined(parts: list[str]) -> str:
    return f"{parts[0]}: {'; '.join(parts[1:])}." if len(parts) > 1 else f"{parts[0]}."


def _project(first: At, last: At, calendar: Calendar, currency: str) -> list[str]:
    was, now = first.cells or {}, last.cells or {}
    told = []
    if now["end_date"]:
        verb = {"done": "it finished", "cancelled": "it was stopped, last planned to finish"}
        said = f"{verb.get(now['status'], 'it finishes')} in {spoken_quarter(calendar.of(now['end_date']), calendar)}"
        if was["end_date"]:
            moved = calendar.of(now["end_date"]) - calendar.of(was["end_date"])
            said += f", {moved_text(moved, words=True)} than first planned" if moved else ", as first planned"
        told.append(said)
    elif now["status"]:
        told.append(f"it is {status_word(now['status'])}")
    if now["cost"] is not None:
        said = f"it {'cost' if now['status'] in {'done', 'cancelled'} else 'costs'} {money_text(now['cost'], currency)}"
        if was["cost"] is not None and was["cost"] != now["cost"]:
            more = "more" if now["cost"] > was["cost"] else "less"
            said += f", {money_text(abs(now['cost'] - was['cost']), currency)} {more} than at first"
        told.append(said)
    return told


def _outcome(first: At, last: At) -> list[str]:
    was, now = first.cells or {}, last.cells or {}
    told = [f"it is {_STATES[last.status]}"] if last.status in _STATES else []
    if told and first.status in _STATES and first.status != last.status:
        told[0] += f", first {_STATES[first.status]}"
    if now["weight"] is not None:
        first_weight = f" (first {was['weight']})" if was["weight"] not in {None, now["weight"]} else ""
        told.append(f"it counts for {now['weight']} of 100 points{first_weight}")
    return told


def _capability(first: At, last: At) -> list[str]:
    was, now = first.cells or {}, last.cells or {}
    if now["maturity_current"] is None:
        return [] if last.heat is None else [f"its hottest part has a heat of {last.heat}"]
    told = [f"it is at level {now['maturity_current']}"]
    if was["maturity_current"] not in {None, now["maturity_current"]}:
        told[0] += f", first {was['maturity_current']}"
    if now["maturity_target"] is not None:
        told.append(f"its goal is {now['maturity_target']}")
    if last.heat is not None:
        told.append(f"its heat is {last.heat}")
    return told


def _enabler(first: At, last: At, calendar: Calendar) -> list[str]:
    was, now = first.cells or {}, last.cells or {}
    told = [f"it is {lifecycle_word(now['lifecycle'])}"] if now["lifecycle"] else []
    if now["golive_quarter"]:
        quarter = calendar.parse(now["golive_quarter"])
        said = f"its go-live is {spoken_quarter(quarter, calendar)}"
        if was["golive_quarter"]:
            moved = quarter - calendar.parse(was["golive_quarter"])
            said += f", {moved_text(moved, words=True)} than first planned" if moved else ", as first planned"
        told.append(said)
    return told


def versions_text(life: Life) -> str:
    """'in 6 of 7 versions', for the line under its name."""
    there, every = len(life.there), len(life.at)
    return (
        f"in all {counted(every, 'version')}"
        if there == every
        else f"in {there} of {counted(every, 'version')}"
    )
