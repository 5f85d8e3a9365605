"""A refresh: the steps that take a quarter from opened to sealed, and which step may follow which; it checks no plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

OPEN, SUBMIT, RETURN, APPROVE, SEAL, WITHDRAW = "open", "submit", "return", "approve", "seal", "withdraw"
DRAFTING, IN_REVIEW, APPROVED, SEALED, WITHDRAWN = "draft", "in_review", "approved", "sealed", "withdrawn"
STATE_AFTER: Mapping[str, str] = {
    OPEN: DRAFTING,
    SUBMIT: IN_REVIEW,
    RETURN: DRAFTING,
    APPROVE: APPROVED,
    SEAL: SEALED,
    WITHDRAW: WITHDRAWN,
}
# DOMAIN 2.6: what is in review goes back or on; what is approved is sealed, and nothing else.
STEPS_FROM: Mapping[str, tuple[str, ...]] = {
    DRAFTING: (SUBMIT, WITHDRAW),
    IN_REVIEW: (APPROVE, RETURN, WITHDRAW),
    APPROVED: (SEAL,),
    SEALED: (),
    WITHDRAWN: (),
}
FROZEN = (IN_REVIEW, APPROVED)
STATE_WORDS: Mapping[str, str] = {
    DRAFTING: "in draft",
    IN_REVIEW: "in review",
    APPROVED: "approved",
    SEALED: "sealed",
    WITHDRAWN: "withdrawn",
}
STEP_WORDS: Mapping[str, str] = {
    OPEN: "opened",
    SUBMIT: "submitted",
    RETURN: "returned",
    APPROVE: "approved",
    SEAL: "sealed",
    WITHDRAW: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a refresh: who took it and when (UTC), with what words, at which save of the draft.

    `decision_id` and `evidence_missing` (a large step, or big moves in it, accepted without evidence) belong to an approval.
    """

    action: str
    actor: str
    taken_on: dt.datetime
    comment: str = ""
    decision_id: str = ""
    evidence_missing: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh with its steps in their order: `label` is what it is to be sealed as, `baseline` the snapshot before it."""

    number: int
    label: str
    baseline: str
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """Where it stands."""
        return STATE_AFTER[self.steps[-1].action]

    @property
    def state_words(self) -> str:
        """Where it stands, as people say it."""
        return STATE_WORDS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether another step may follow."""
        return bool(STEPS_FROM[self.state])

    @property
    def is_frozen(self) -> bool:
        """Whether the content of the draft may not change."""
        return self.state in FROZEN

    @property
    def is_revision(self) -> bool:
        """Whether it seals a quarter again that was sealed before: out of cycle, and no regular refresh."""
        return ".r" in self.label

    def last(self, action: str) -> Step | None:
        """The last step of that action, or None."""
        return next((step for step in reversed(self.steps) if step.action == action), None)
