"""What comes from the environment, read once and frozen; nothing that gives a plan's numbers a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_DATABASE = Path("data", "plan.duckdb")


@dataclass(frozen=True, slots=True)
class Environment:
    """The database (`PLANNER_DATABASE`), the acting person (`PLANNER_ACTOR`), and whether to show tracebacks.

    The actor is the operating system's user where none is named, until people can sign in.
    """

    database: Path
    actor: str
    debug: bool

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Environment:
        """Read the variables; an empty one counts as not set."""
        named = environ.get("PLANNER_DATABASE", "").strip()
        return cls(
            database=Path(named) if named else DEFAULT_DATABASE,
            actor=environ.get("PLANNER_ACTOR", "").strip() or _system_user(),
            debug=bool(environ.get("PLANNER_DEBUG", "").strip()),
        )


@cache
def _system_user() -> str:
    """Name the operating system's user; a container's user may have no name, only a number."""
    import getpass  # noqa: PLC0415  only where nobody is named
    import os  # noqa: PLC0415

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "user"
