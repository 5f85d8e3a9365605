"""Refusals of a database that cannot be used as it is; the data in it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors.refusal import NO_DATABASE, PlannerError, listed

if TYPE_CHECKING:
    from collections.abc import Sequence


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


class BackupUnfit(DatabaseRefused):
    """The file that should take the place of a database cannot."""

    def __init__(self, file: object, why: str) -> None:
        super().__init__(
            f"The backup {file} cannot be used: {why}.", "Name another copy; nothing was replaced."
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
