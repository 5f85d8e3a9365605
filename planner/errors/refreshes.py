"""Refusals of a step of a refresh, of a reason, and of what an open refresh forbids; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors.refusal import PlannerError, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 6
_DONE_WORDS = {
    "submit": "submitted",
    "return": "returned",
    "approve": "approved",
    "seal": "sealed",
    "withdraw": "withdrawn",
}
_TO_DO = {
    "submit": "submit it for review",
    "return": "return it with a comment",
    "approve": "approve it",
    "seal": "seal it",
    "withdraw": "withdraw it",
}


class RefreshIsOpen(PlannerError):
    """A refresh should be opened while another one is open."""

    def __init__(self, label: str, state: str) -> None:
        super().__init__(
            f"The refresh to {label} is already open; it is {state}.",
            "Bring it to its end, or withdraw it, and then open the next one.",
        )


class NoRefresh(PlannerError):
    """A step should be taken, and no refresh is open."""

    def __init__(self) -> None:
        super().__init__(
            "No refresh is open, so there is nothing to do this with.",
            "Open one on the page Review, Refresh; somebody may have ended yours meanwhile.",
        )


class NothingToRefresh(PlannerError):
    """A refresh should be opened, and nothing is sealed that it could come out of."""

    def __init__(self) -> None:
        super().__init__(
            "There is no snapshot yet that a refresh could roll forward.",
            "Seal the first plan on the page Data, Versions; each later quarter is a refresh.",
        )


class StepUnfit(PlannerError):
    """A step may not follow the last one."""

    def __init__(self, label: str, state: str, action: str, allowed: Sequence[str]) -> None:
        now = " or ".join(_TO_DO[step] for step in allowed)
        super().__init__(
            f"The refresh to {label} is {state} and cannot be {_DONE_WORDS.get(action, action)} now.",
            f"What can be done: {now}." if now else "Open the next refresh.",
        )


class PlanFrozen(PlannerError):
    """The draft should change while it is in review or approved."""

    def __init__(self, label: str, state: str, actor: str, *, is_approved: bool) -> None:
        remedy = (
            "Seal it first; the next change then goes into the draft after it."
            if is_approved
            else "Have it returned on the page Review, Refresh, then save; what you typed stays."
        )
        super().__init__(
            f"The plan is frozen: the refresh to {label} is {state}, by {actor}. Nothing was saved.", remedy
        )


class SealingBound(PlannerError):
    """A sealing is not the one that the open refresh leads to."""

    def __init__(self, label: str, state: str, asked: str) -> None:
        if asked == label:
            headline = f"{label} has an open refresh that is {state}, so it cannot be sealed yet."
            remedy = (
                "Have it approved on the page Review, Refresh; or withdraw it there and seal without one."
            )
        else:
            headline = f"A refresh to {label} is open and {state}, so {asked} cannot be sealed."
            remedy = f"Seal {label} by its refresh, or withdraw that on the page Review, Refresh."
        super().__init__(headline, remedy)


class CommentMissing(PlannerError):
    """A refresh should be returned or withdrawn without a word."""

    def __init__(self, action: str) -> None:
        super().__init__(
            f"A refresh is not {_DONE_WORDS[action]} without a word.",
            "Write what is to be mended, or why, so that the others know.",
        )


class ErrorsStopReview(PlannerError):
    """The plan has errors, so it is not submitted."""

    def __init__(self, messages: Sequence[str]) -> None:
        many = len(messages) != 1
        super().__init__(
            f"{len(messages)} error{'s' if many else ''} in the plan stop{'' if many else 's'} the review: "
            f"{listed(messages, 3)}",
            "Mend them in the draft, then submit it.",
        )


class ChangesUnexplained(PlannerError):
    """Changes against the last snapshot have no reason."""

    def __init__(self, label: str, changes: Sequence[str]) -> None:
        many = len(changes) != 1
        super().__init__(
            f"{len(changes)} change{'s' if many else ''} to {label} {'have' if many else 'has'} no reason: "
            f"{listed(changes, _MOST)}.",
            "Give each its reason on the page Review, Refresh; a plan in review is returned for that first.",
        )


class EvidenceMissing(PlannerError):
    """Big moves, or most of the money of a large step, cite no evidence, and nobody accepted that.

    `share` is how much of the money that moved cites any, as people say it; it is told where no move is named.
    """

    def __init__(self, moves: Sequence[str], share: str = "") -> None:
        many = len(moves) != 1
        super().__init__(
            f"{len(moves)} big move{'s cite' if many else ' cites'} no evidence: {listed(moves, _MOST)}."
            if moves
            else f"The step is large, and only {share} of the money that moved cites evidence.",
            "Return the plan so that an insight, a lesson, a risk or a measure is cited, or accept the missing "
            "evidence by name.",
        )


class DecisionUnfit(PlannerError):
    """An approval rests on a decision that is not one about this plan."""

    def __init__(self, decision_id: str, label: str, why: str) -> None:
        named = f"The decision '{decision_id}'" if decision_id else "The decision"
        super().__init__(
            f"{named} does not approve {label}: {why}.",
            f"Write down a decision that names {label} and who decided, then approve with it.",
        )


class ReasonUnfit(PlannerError):
    """A reason does not say enough."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(f"The reason was not taken: {why}.", remedy)


class ItemsChanged(PlannerError):
    """Items should be attested as left alone that did change."""

    def __init__(self, items: Sequence[str]) -> None:
        many = len(items) != 1
        super().__init__(
            f"{listed(items, _MOST)} {'are' if many else 'is'} not as sealed, or not in the plan.",
            "Only what is unchanged is attested as left alone; give the others their reason.",
        )
