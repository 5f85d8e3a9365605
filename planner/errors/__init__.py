"""Every refusal of the planner: one class each, its sentence and its remedy; nothing that handles them."""

from planner.errors.calls import NothingBefore, QuarterUnreadable, VersionUnknown, WrongCall
from planner.errors.databases import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseExists,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseTooOld,
    DiskFull,
    LogLost,
    MigrationChanged,
)
from planner.errors.files import ArchiveUnfit, FileRefused, FolderUnreadable, ProblemsStopImport
from planner.errors.refusal import DONE, NO_DATABASE, STOPPED, WRONG_CALL, PlannerError, listed
from planner.errors.saving import (
    FindingsNotAccepted,
    FindingsStopSealing,
    LabelTaken,
    LabelUnfit,
    NothingToUndo,
    PlanChanged,
    QuarterPassed,
)

__all__ = [
    "DONE",
    "NO_DATABASE",
    "STOPPED",
    "WRONG_CALL",
    "ArchiveUnfit",
    "DatabaseBusy",
    "DatabaseDamaged",
    "DatabaseExists",
    "DatabaseForeign",
    "DatabaseMissing",
    "DatabaseNewer",
    "DatabaseReadOnly",
    "DatabaseRefused",
    "DatabaseTooOld",
    "DiskFull",
    "FileRefused",
    "FindingsNotAccepted",
    "FindingsStopSealing",
    "FolderUnreadable",
    "LabelTaken",
    "LabelUnfit",
    "LogLost",
    "MigrationChanged",
    "NothingBefore",
    "NothingToUndo",
    "PlanChanged",
    "PlannerError",
    "ProblemsStopImport",
    "QuarterPassed",
    "QuarterUnreadable",
    "VersionUnknown",
    "WrongCall",
    "listed",
]
