"""What a refusal is: a sentence of what happened, a sentence of what to do, an exit status; no refusal itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE, STOPPED, WRONG_CALL, NO_DATABASE = 0, 1, 2, 3


class PlannerError(Exception):
    """An action that cannot be done: `headline` says what happened, `remedy` what to do; both whole sentences."""

    exit_status = STOPPED

    def __init__(self, headline: str, remedy: str) -> None:
        super().__init__(f"{headline} {remedy}")
        self.headline = headline
        self.remedy = remedy


def listed(words: Iterable[object], most: int = 8) -> str:
    """Join words for a sentence, and say how many more there are: 'a, b and 3 more'."""
    said = [str(word) for word in words]
    if not said:
        return "none"
    if len(said) > most:
        return f"{', '.join(said[:most])} and {len(said) - most} more"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
