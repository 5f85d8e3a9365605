"""Refusals of a save, an undo or a sealing; what the user typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors.refusal import WRONG_CALL, PlannerError, listed

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlanChanged(PlannerError):
    """The plan is not the one an action was prepared for."""

    def __init__(self, expected: object, found: object) -> None:
        super().__init__(
            f"The plan changed while you looked at it (it was save {expected}, now {found}).",
            "Look at what changed, then do it again; nothing was written.",
        )


class NothingToUndo(PlannerError):
    """There is no save of this person since the last sealing."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"There is no save by {person} to undo since the last sealing.",
            "Change the cells by hand, or ask the person who saved them to undo.",
        )


class NothingToRedo(PlannerError):
    """No undo of this person is left that could be taken back."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"There is no undo by {person} to take back.",
            "A save after an undo ends what can be redone: change the cells by hand.",
        )


class StepsChanged(PlannerError):
    """The saves that should be undone, or put back, are not the last ones any more."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"The last saves by {person} are others than those on the screen.",
            "Another window saved or undid meanwhile: look at the steps again. Nothing was changed.",
        )


class CalendarInUse(PlannerError):
    """The fiscal year of a plan whose quarters are written already should change."""

    def __init__(self, table: str, label: str) -> None:
        super().__init__(
            f"The fiscal year stays, for {table} hold '{label}', which would be another time.",
            "Take the quarters out of the plan first, or start another plan with that fiscal year.",
        )


class LabelUnfit(PlannerError):
    """A sealing label is not a quarter of this plan."""

    exit_status = WRONG_CALL

    def __init__(self, label: str, example: str) -> None:
        super().__init__(
            f"'{label}' cannot name a snapshot of this plan.",
            f"Write the quarter like {example}, with .r2 for a second sealing of the same quarter.",
        )


class LabelTaken(PlannerError):
    """A label is sealed with another content."""

    def __init__(self, label: str, following: str) -> None:
        super().__init__(
            f"{label} is already sealed with another content.", f"Seal this draft as {following} instead."
        )
        self.following = following


class RevisionAstray(PlannerError):
    """A label that is not the next sealing of its quarter."""

    def __init__(self, label: str, following: str) -> None:
        super().__init__(
            f"{label} is not the next sealing of its quarter.", f"Seal this draft as {following} instead."
        )
        self.following = following


class QuarterPassed(PlannerError):
    """A quarter before the newest snapshot's should be sealed."""

    def __init__(self, label: str, newest: str) -> None:
        super().__init__(
            f"{label} is before the newest snapshot, {newest}.",
            f"Seal {newest} again as its next revision, or a later quarter.",
        )


class FindingsStopSealing(PlannerError):
    """The plan is broken as a graph."""

    def __init__(self, messages: Sequence[str]) -> None:
        many = len(messages) != 1
        super().__init__(
            f"{len(messages)} error{'s' if many else ''} in the plan stop{'' if many else 's'} the sealing: "
            f"{listed(messages, 3)}",
            "Mend them in the draft, then seal; 'planner check' lists them all.",
        )


class FindingsNotAccepted(PlannerError):
    """There are warnings that nobody accepted."""

    def __init__(self, codes: dict[str, int]) -> None:
        total = sum(codes.values())
        counted = listed([f"{code} ({count})" for code, count in codes.items()])
        super().__init__(
            f"The plan has {total} warning{'s' * (total != 1)}: {counted}.",
            "Mend them, or accept them with --accept-findings; their number is kept on the snapshot.",
        )


class NameMissing(PlannerError):
    """A what-if has no name, or one that no list can show."""

    def __init__(self, name: str, most: int) -> None:
        said = f"'{name[:40]}…' is too long for a name." if name else "A what-if needs a name."
        super().__init__(
            said, f"Name in up to {most} characters what is tried, such as: Claims platform a year later."
        )


class CopyOutdated(PlannerError):
    """A kept copy of the draft is of a quarter that was sealed since."""

    def __init__(self, name: str, sealed: str) -> None:
        super().__init__(
            f"'{name}' is of a draft before {sealed} was sealed, so the draft cannot go back to it.",
            "Branch a what-if from it and merge what is still wanted.",
        )


class ScenarioUnknown(PlannerError):
    """There is no scenario of that id."""

    exit_status = WRONG_CALL

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            f"This plan has no what-if '{name}'.",
            f"Open are: {listed(known)}." if known else "Branch one on the page Plan, What-if.",
        )


class ScenarioClosed(PlannerError):
    """A scenario is merged, thrown away or only a copy, so that nobody can change it."""

    def __init__(self, name: str, state: str, actor: str) -> None:
        super().__init__(
            f"The what-if '{name}' is {state}, by {actor}. Nothing was saved.",
            "Open it again on the page Plan, What-if, or branch another one from it.",
        )


class ClashesUndecided(PlannerError):
    """A scenario should be merged while nobody has said which side's value stays."""

    def __init__(self, ids: Sequence[str]) -> None:
        many = len(ids) != 1
        super().__init__(
            f"{len(ids)} clash{'es' if many else ''} between the draft and the what-if "
            f"{'are' if many else 'is'} not decided: {listed(dict.fromkeys(ids), 3)}.",
            "Choose the draft's or the what-if's value for each; nothing was written.",
        )


class BriefLineStale(PlannerError):
    """Somebody changed a line of the brief after it was shown to somebody else."""

    def __init__(self, theirs: str, yours: str | None, actor: str, number: int = 0) -> None:
        there = f"'{theirs}'" if theirs else "nothing: the line is left out"
        said = f"You wrote '{yours}'" if yours else "You left it out" if yours == "" else "You took it back"
        super().__init__(
            f"{actor} changed this line of the brief since you opened it. It now says {there}.",
            f"{said}; nothing was written. Look at both, then save yours again if it should stay.",
        )
        self.number = number  # of the edit that is there


class BriefFrozen(PlannerError):
    """The brief of a draft should be changed that was sealed since, and its brief frozen with it."""

    def __init__(self, sealed: str) -> None:
        super().__init__(
            f"This brief was frozen when {sealed or 'the plan'} was sealed.",
            "Nothing was written. Open the brief of the draft to write about the next quarter.",
        )
