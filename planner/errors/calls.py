"""Refusals of what was asked: a version, a quarter or a command that is not there; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors.refusal import WRONG_CALL, PlannerError, listed

if TYPE_CHECKING:
    from collections.abc import Sequence


class WrongCall(PlannerError):
    """The command line was called with words it does not know."""

    exit_status = WRONG_CALL


class VersionUnknown(PlannerError):
    """A version was named that the database does not have."""

    exit_status = WRONG_CALL

    def __init__(self, label: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no version '{label}' in this plan.",
            f"Name one of these: {listed(known, 12)}.",
        )


class NothingBefore(PlannerError):
    """A version should be compared with the one before it, and there is none."""

    exit_status = WRONG_CALL

    def __init__(self, label: str) -> None:
        super().__init__(
            f"There is no snapshot before '{label}' to compare it with.",
            "Name the version to compare it with, or seal a first one.",
        )


class QuarterUnreadable(PlannerError):
    """A text is not a quarter label of this plan."""

    exit_status = WRONG_CALL

    def __init__(self, text: str, example: str) -> None:
        super().__init__(f"'{text}' is not a quarter of this plan.", f"Write it like {example}.")
        self.text = text
        self.example = example
