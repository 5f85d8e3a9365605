"""The brief of a quarter as a value: every text and row that its page has, and the JSON it is kept as; it words nothing.

Whoever writes it out (Markdown, HTML, PDF, slides) reads this and no plan: what was frozen reads alike for ever.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief: as it is told, and as the program wrote it, which differs where somebody edited it.

    `part` is `lead`, `change`, `finished` or `started`; `table` and `id` name the item, where it is about one.
    An edited line with an empty `text` is left out of what is printed.
    """

    part: str
    text: str
    generated: str
    table: str = ""
    id: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether somebody changed it."""
        return self.text != self.generated


@dataclass(frozen=True, slots=True)
class Number:
    """One of the six numbers: `now` and `before` as people read them, empty where not known; `reason` says why."""

    key: str
    label: str
    now: str
    before: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One measure of one outcome; `was` and `now` are statuses (green, amber, red, grey, empty for not there).

    An outcome without measures has one row with an empty `measure`.
    """

    outcome_id: str
    name: str
    was: str
    now: str
    measure: str
    value: str
    path: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the leaders and what became of it; dates are ISO texts, all fields empty where not known."""

    decision_id: str
    status: str
    question: str
    options: tuple[str, ...]
    recommendation: str
    needed_by: str
    owner: str
    decision: str
    decided_on: str
    decided_by: str
    review_quarter: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """One lesson of the quarter: what was planned, what happened, what it teaches, what is done from now on."""

    lesson_id: str
    planned: str
    happened: str
    lesson: str
    action: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One page about a version against the one before it (DOMAIN 4.1).

    `verdict` is the word of DOMAIN 3.4's table (`small_regular`, ...), empty where none is given. `more` counts the
    changes that are not told. `notes` are paragraphs that people added. `footer` is what stands at its foot.
    """

    plan_name: str
    title: str
    months: str
    current: str
    baseline: str
    verdict: str
    lead: Line
    numbers: tuple[Number, ...]
    changes: tuple[Line, ...]
    more: int
    outcomes: tuple[OutcomeRow, ...]
    asks: tuple[Ask, ...]
    learnt: tuple[Learnt, ...]
    footer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    due_again: tuple[Ask, ...] = field(default=())

    @property
    def untold(self) -> str:
        """What one change that is not told is called: nobody knows that it is small where money does not weigh it."""
        return "small change" if self.verdict else "change"

    def as_document(self) -> dict[str, Any]:
        """The brief as JSON keeps it."""
        return asdict(self)

    @classmethod
    def of_document(cls, said: dict[str, Any]) -> Brief:
        """The brief that a document of `as_document` holds; a field it does not know has its default."""
        kept = {name: said[name] for name in cls.__dataclass_fields__ if name in said}
        kept["lead"] = Line(**kept["lead"])
        for name, kind in (
            ("numbers", Number),
            ("changes", Line),
            ("outcomes", OutcomeRow),
            ("learnt", Learnt),
        ):
            kept[name] = tuple(kind(**one) for one in kept[name])
        for name in ("asks", "due_again"):
            kept[name] = tuple(Ask(**{**one, "options": tuple(one["options"])}) for one in kept.get(name, ()))
        for name in ("footer", "notes"):
            kept[name] = tuple(kept.get(name, ()))
        return cls(**kept)
