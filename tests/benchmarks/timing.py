"""Two things timed in turns, so that a busy machine slows both: the medians, and the ratio with its spread."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Timed: TypeAlias = "Callable[[], object]"


@dataclass(frozen=True, slots=True)
class Ratio:
    """Seconds of ours and of the other, and the ratio ours / other of each round."""

    ours: float
    other: float
    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, ours: Sequence[float], others: Sequence[float]) -> Ratio:
        """The medians of rounds that were timed in turns."""
        ratios = [a / b for a, b in zip(ours, others, strict=True)]
        return cls(
            statistics.median(ours),
            statistics.median(others),
            statistics.median(ratios),
            min(ratios),
            max(ratios),
        )


def seconds_of(work: Timed) -> float:
    """How long one call takes, the collector of garbage kept out of it."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun
    finally:
        gc.enable()


def in_turns(ours: Timed, other: Timed, rounds: int) -> Ratio:
    """Time both in each of the rounds, either first by turns, after one round that does not count."""
    return in_turns_timed(lambda: seconds_of(ours), lambda: seconds_of(other), rounds)


def in_turns_timed(ours: Callable[[], float], other: Callable[[], float], rounds: int) -> Ratio:
    """As `in_turns`, for two that time themselves and give their seconds."""
    first, second = [], []
    for turn in range(rounds + 1):
        if turn % 2:
            a, b = ours(), other()
        else:
            b, a = other(), ours()
        if turn:
            first.append(a)
            second.append(b)
    return Ratio.of(first, second)


def spoken(seconds: float) -> str:
    """Seconds in the unit that a person would use, with three digits."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s"
