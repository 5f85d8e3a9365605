"""Refusals of files that cannot be read or written; nothing is lost."""

from __future__ import annotations

from planner.errors.refusal import PlannerError


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
            f"{count} problem{'s stop' if count != 1 else ' stops'} the import; nothing was written.",
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
