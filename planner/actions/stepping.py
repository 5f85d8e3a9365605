"""The steps of a person as people read them: what each save was about, which can be undone, which redone; no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.rules.change_words import REASON_WORDS
from planner.rules.sentences import counted
from planner.store import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.model.edit import Edit
    from planner.store.database import Database
    from planner.store.steps import SavedStep

_MOST_ITEMS, _MOST_FIELDS = 2, 3


@dataclass(frozen=True, slots=True)
class Steps:
    """The last steps of a person since the last sealing, newest first."""

    listed: tuple[SavedStep, ...]

    @property
    def undoable(self) -> SavedStep | None:
        """What the next undo takes back, or None."""
        return next((step for step in self.listed if not step.is_undone), None)

    @property
    def redoable(self) -> SavedStep | None:
        """What the next redo puts back: the one that was undone last; or None."""
        able = [step for step in self.listed if step.can_redo]
        return max(able, key=lambda step: step.undo or 0, default=None)

    def down_to(self, step: SavedStep) -> list[int]:
        """The saves that are undone, newest first, until a step is."""
        return [one.save for one in self.listed if not one.is_undone and one.save >= step.save]


def load_steps(db: Database, actor: str, most: int, version: str = DRAFT) -> Steps:
    """The last steps of a person in a version, at most `most` of those that stand, and the undone ones among them."""
    return Steps(tuple(steps.load_steps(db, actor, most, version)))


def step_sentence(step: SavedStep, name_of: Callable[[Edit], str]) -> str:
    """What a step was about: 'Flood claims surge readiness: finish, cost', and how many rows more it changed."""
    items: dict[tuple[str, str], list[Edit]] = {}
    for edit in step.edits:
        items.setdefault((edit.table, edit.id), []).append(edit)
    said = "; ".join(_item_words(edits, name_of) for edits in list(items.values())[:_MOST_ITEMS])
    more = step.rows - _MOST_ITEMS
    return f"{said} and {counted(more, 'more row')}" if more > 0 else said


def reason_sentence(step: SavedStep) -> str:
    """Why the step was made, 'Research finding: the trial needs a second winter', or nothing."""
    code, _, text = step.reason.partition(":")
    if not code or code not in REASON_WORDS:
        return step.reason
    return f"{REASON_WORDS[code]}: {text.strip()}" if text.strip() else REASON_WORDS[code]


def size_sentence(step: SavedStep) -> str:
    """How much a step changed: '12 changes in 5 rows'."""
    return f"{counted(step.changes, 'change')} in {counted(step.rows, 'row')}"


def _item_words(edits: Sequence[Edit], name_of: Callable[[Edit], str]) -> str:
    """The name of a row, as the edit of the whole row knows it where there is one, and what happened to it."""
    whole = next((edit for edit in edits if edit.is_row), None)
    said = list(dict.fromkeys(_what(edit) for edit in edits))
    more = ", …" if len(said) > _MOST_FIELDS else ""
    return f"{name_of(whole or edits[0])}: {', '.join(said[:_MOST_FIELDS])}{more}"


def _what(edit: Edit) -> str:
    table = TABLES[edit.table]
    if edit.is_row:
        return f"{table.one} {'removed' if edit.after is None else 'added'}"
    label = table.by_name[edit.field].label
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
