"""One sentence for each changed item, the largest first (DOMAIN 4.2); it computes no change and no status."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from planner.model.tables import FINGERPRINTED
from planner.rules.change_subjects import scope_moved, told_of
from planner.rules.change_tails import clause_of, freed, tail_of
from planner.rules.change_words import STATE_WORDS
from planner.rules.measures import live_cost
from planner.rules.sentences import listed_text
from planner.rules.sight import down_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.rules.change_tails import Story
    from planner.rules.changes import Change

LEAST_CARRIED = 0.10  # a consequence is told of a project that carries at least this part of the outcome
_STATES = ("grey", "green", "amber", "red")

_ADVERSE_GROUPS = {"later", "stopped"}
_QUIET = {"finished", "started", "refined"}
_BOTH = 2
_ROUND = 9  # shares that differ by less are a tie


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened to an item: `name` and `tail` make one sentence; `item` is (table, id).

    `group` is that of the change that leads it; `is_bare` says that neither a reason nor a consequence is told.
    """

    item: tuple[str, str]
    name: str
    tail: str
    group: str = ""
    is_bare: bool = False

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.name} {self.tail}"


def sentences(story: Story, changes: Iterable[Change], most: int | None = None) -> list[Sentence]:
    """The sentences of all changed items with a planning meaning, or of the `most` largest, in order."""
    by_item: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        if change.kinds and (change.table, change.id) == change.item:
            by_item.setdefault(change.item, []).append(change)
    ends = _consequences(story, by_item)
    big = _Big.of(story)
    ranked = sorted(by_item, key=lambda item: _place(story, by_item[item], ends, big))
    told = (_sentence(story, item, by_item[item], ends.get(item[1], ())) for item in ranked)
    return list(islice((sentence for sentence in told if sentence is not None), most))


def worsened(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The outcomes that stand worse than before and are now at risk or in trouble, in their order."""
    return [
        key
        for key, status in now.items()
        if status in STATE_WORDS and key in was and _STATES.index(was[key]) < _STATES.index(status)
    ]


def _consequences(
    story: Story, by_item: Mapping[tuple[str, str], Sequence[Change]]
) -> dict[str, tuple[str, ...]]:
    """The outcomes that got worse, each on the project that moved adversely and carries most of it."""
    worse = worsened(story.was, story.now)
    adverse = [key for (table, key), found in by_item.items() if table == "projects" and _is_adverse(found)]
    if not worse or not adverse:
        return {}
    carried = (
        down_shares(story.current)
        .filter(
            pl.col("outcome_id").is_in(worse),
            pl.col("project_id").is_in(adverse),
            pl.col("share") >= LEAST_CARRIED,
        )
        .with_columns(pl.col("share").round(_ROUND))
    )
    # of projects that carry alike the last one, as the domain's reference does
    largest = carried.sort(["outcome_id", "share", "project_id"], descending=[False, True, True])
    ends: dict[str, tuple[str, ...]] = {}
    for outcome, project in (
        largest.unique("outcome_id", keep="first").select("outcome_id", "project_id").iter_rows()
    ):
        ends[project] = (*ends.get(project, ()), outcome)
    return ends


def _is_adverse(changes: Sequence[Change]) -> bool:
    rated_worse = any(
        change.field == "rag" and change.after in _STATES and _STATES.index(change.after) > _STATES.index("green")
        and change.before in _STATES and _STATES.index(change.before) < _STATES.index(change.after)
        for change in changes
    )  # fmt: skip
    return rated_worse or any(change.group in _ADVERSE_GROUPS for change in changes)


def _place(
    story: Story, changes: Sequence[Change], ends: Mapping[str, tuple[str, ...]], big: _Big
) -> tuple[object, ...]:
    """Consequences and big moves, other projects, quiet progress, other items; in each the most money first."""
    table, key = changes[0].item
    if table != "projects":
        return 3, 0.0, FINGERPRINTED.index(table), _lead_place(changes), 0, _lead(changes).field, key
    group = 1
    if key in ends or any(_is_big(change, big) for change in changes):
        group = 0
    elif all(change.group in _QUIET for change in changes):
        group = 2
    weight = max(change.weight for change in changes)
    return group, -story.disturbed.get(key, 0.0), 0, _lead_place(changes), -weight, "", key


class _Big(NamedTuple):
    """From where on a change is a big move (DOMAIN 3.4): what the project costs, its start moves, its cost grows."""

    floor: float
    quarters: int
    growth: float

    @classmethod
    def of(cls, story: Story) -> _Big:
        settings = story.current.settings
        return cls(
            settings.number("threshold_big_share") * (live_cost(story.current).value or 0.0),
            settings.whole("threshold_big_quarters"),
            settings.number("threshold_big_growth"),
        )


def _is_big(change: Change, big: _Big) -> bool:
    if change.weight < big.floor or not big.floor:
        return False
    costs = [span.cost for span in (change.was, change.now) if span and span.cost]
    dearer = len(costs) == _BOTH and abs(costs[1] - costs[0]) >= big.growth * costs[0]
    return change.group in {"joins", "stopped"} or abs(change.start_moved or 0) >= big.quarters or dearer


_LEADS = (
    "stopped", "joins", "finished", "later", "earlier", "start", "cost", "scope", "links", "benefit",
    "order", "goals", "golive", "maturity", "rating", "people", "staffing", "status", "funding", "name", "known", "started",
    "refined",
)  # fmt: skip


def _lead(changes: Sequence[Change]) -> Change:
    """The strongest change of an item; the others fold into it or stay with the list."""
    return min(changes, key=lambda change: (_rank(change), change.field))


def _lead_place(changes: Sequence[Change]) -> int:
    return _rank(_lead(changes))


def _rank(change: Change) -> int:
    return _LEADS.index(change.group) if change.group in _LEADS else len(_LEADS)


def _sentence(
    story: Story, item: tuple[str, str], changes: Sequence[Change], ends: Sequence[str]
) -> Sentence | None:
    lead = _lead(changes)
    own = told_of(story, lead)
    tail = (own[1], False) if own else tail_of(story, lead, changes)
    if tail is None:
        return None
    said, comma = tail
    because = (
        f"{',' if comma and lead.reason else ''} because {lead.reason.rstrip('.')}" if lead.reason else ""
    )
    if lead.group in _QUIET:
        because = ""
    if lead.group == "people" and lead.after:
        return Sentence(item, lead.after, f"now owns {lead.item_name}{because}.", lead.group)
    ending = scope_moved(lead) + _ending(story, ends)
    saved = freed(story, lead) if lead.group == "stopped" and lead.table == "projects" else ""
    subject = own[0] if own else f"'{lead.item_name}'" if item[0] == "outcomes" else lead.item_name
    is_bare = not because and not ending
    return Sentence(item, subject, f"{said}{because}{saved}{ending}.", lead.group, is_bare)


def _ending(story: Story, ends: Sequence[str]) -> str:
    """What an adverse move does to the outcomes that rest on it: one clause for each state that they come to."""
    by_state: dict[str, list[str]] = {}
    for key in ends:
        by_state.setdefault(STATE_WORDS[story.now[key]], []).append(f"'{story.names['outcomes', key]}'")
    return "".join(
        f"; the outcome{'s' if len(names) > 1 else ''} {listed_text(names)} {'are' if len(names) > 1 else 'is'} now {state}"
        for state, names in by_state.items()
    )


def clauses(story: Story, changes: Sequence[Change], most: int) -> list[tuple[str, str]]:
    """The largest moves as short clauses, each a name and what it does, for one sentence of several."""
    told = []
    for sentence in sentences(story, changes, most):
        found = [change for change in changes if change.item == sentence.item and change.kinds]
        lead = _lead(found)
        if own := told_of(story, lead):
            told.append(own)
        elif said := clause_of(story, lead, found):
            told.append((found[0].item_name, said))
    return told
