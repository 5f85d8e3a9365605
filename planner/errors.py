"""Every refusal of the planner: one class each, its sentence and its remedy; nothing that handles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


# --- the call ---------------------------------------------------------------------------------------------


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


# --- the database -----------------------------------------------------------------------------------------


class DatabaseRefused(PlannerError):
    """The database cannot be used as it is."""

    exit_status = NO_DATABASE


class DatabaseMissing(DatabaseRefused):
    """There is no database at the path."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"There is no plan database at {path}.",
            "Make one with 'planner init', or name another with --database.",
        )


class DatabaseExists(PlannerError):
    """A database should be made where one is."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"There is already a plan database at {path}.",
            "Name another path with --database, or move this one away first.",
        )


class DatabaseBusy(DatabaseRefused):
    """Another process holds the database."""

    def __init__(self, path: object, holder: str) -> None:
        super().__init__(
            f"The plan database {path} is in use by {holder}.",
            "Use the pages it serves, or stop that process and try again.",
        )


class DatabaseForeign(DatabaseRefused):
    """The file is no plan database."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"The file {path} is not a plan database: {why}.",
            "Name another path with --database, or move this file away and restore a backup.",
        )


class DatabaseDamaged(DatabaseRefused):
    """The file, or its log, is broken."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"The plan database {path} is damaged: {why}.",
            f"Rebuild it with 'planner restore --archives {path}.archive', or restore a backup; "
            "the damaged file is kept aside.",
        )


class DatabaseNewer(DatabaseRefused):
    """A later release of the planner wrote the file."""

    def __init__(self, path: object, found: int, known: int) -> None:
        super().__init__(
            f"The plan database {path} was written by a newer release (format {found}; this one knows {known}).",
            "Install the newer release of the planner, or name another database.",
        )


class MigrationChanged(DatabaseRefused):
    """A migration that the file went through is not the one this release has."""

    def __init__(self, path: object, name: str) -> None:
        super().__init__(
            f"The plan database {path} went through a migration '{name}' that this release does not have.",
            "Use the release that made it, or rebuild it with 'planner restore --archives'.",
        )


class DatabaseTooOld(DatabaseRefused):
    """The database lacks snapshots that its archives have."""

    def __init__(self, path: object, labels: Sequence[str]) -> None:
        super().__init__(
            f"The plan database {path} is older than its archives: it lacks {listed(labels)}.",
            f"Rebuild it with 'planner restore --archives {path}.archive', or put the newer file back.",
        )


class LogLost(DatabaseRefused):
    """The file is there, but the log beside it that held the last commits is not."""

    def __init__(self, path: object, found: int, acknowledged: int) -> None:
        super().__init__(
            f"The plan database {path} lost its log: it stands at commit {found}, and {acknowledged} were made.",
            f"Put {path}.wal back; or, to go on without what it held, remove {path}.lock and start again.",
        )


class DatabaseReadOnly(DatabaseRefused):
    """The folder or the file cannot be written."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"The plan database {path} cannot be written: {why}.",
            "Give the planner's user the right to write to the file and its folder, then start again.",
        )


class DiskFull(DatabaseRefused):
    """There was no room for a write; what was there before is there."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"The disk of {path} is full, so nothing was saved.",
            "Free some space and try again; what was saved before is safe.",
        )


# --- saving, sealing, undoing -----------------------------------------------------------------------------


class PlanChanged(PlannerError):
    """The plan is not the one an action was prepared for."""

    def __init__(self, expected: object, found: object) -> None:
        super().__init__(
            f"The draft changed while you looked at it (it was save {expected}, now {found}).",
            "Look at what changed, then do it again; nothing was written.",
        )


class NothingToUndo(PlannerError):
    """There is no save of this person since the last sealing."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"There is no save by {person} to undo since the last sealing.",
            "Change the cells by hand, or ask the person who saved them to undo.",
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
        super().__init__(
            f"{len(messages)} error{'s' * (len(messages) != 1)} in the plan stop the sealing: {listed(messages, 3)}",
            "Mend them in the draft, then seal; 'planner check' lists them all.",
        )


class FindingsNotAccepted(PlannerError):
    """There are warnings that nobody accepted."""

    def __init__(self, codes: dict[str, int]) -> None:
        counted = listed([f"{code} ({count})" for code, count in codes.items()])
        super().__init__(
            f"The plan has {sum(codes.values())} warnings: {counted}.",
            "Mend them, or accept them with --accept-findings; their number is kept on the snapshot.",
        )


# --- files ------------------------------------------------------------------------------------------------


class FolderUnreadable(PlannerError):
    """A plan folder is not there, or is none."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"{path} cannot be read as a plan folder: {why}.",
            "A plan folder holds projects.csv and, beside it, the other tables as CSV.",
        )


class ProblemsStopImport(PlannerError):
    """Cells of the files do not read; `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} problem{'s' * (count != 1)} stop the import; nothing was written.",
            "Mend the cells that are listed and import again.",
        )


class FileRefused(PlannerError):
    """A file cannot be written or replaced."""

    def __init__(self, path: object, why: str, remedy: str = "Name another path.") -> None:
        super().__init__(f"{path} cannot be written: {why}.", remedy)


class ArchiveUnfit(PlannerError):
    """An archive or a backup does not hold what its manifest says."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"The archive {path} cannot be used: {why}.",
            "Use another copy of it; nothing was replaced.",
        )
