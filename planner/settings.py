"""What comes from the environment, read once and frozen; nothing that gives a plan's numbers a meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_DATABASE = Path("data", "plan.duckdb")
LOOK_SECONDS = 10
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Environment:
    """The database (`PLANNER_DATABASE`), the acting person (`PLANNER_ACTOR`), and whether to show tracebacks.

    The actor is the operating system's user where none is named, until people can sign in. Every
    `PLANNER_LOOK_SECONDS`, 10 by default, an open page looks who else is here and what they saved.
    """

    database: Path
    actor: str
    debug: bool
    look_seconds: int = LOOK_SECONDS

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Environment:
        """Read the variables; an empty one counts as not set."""
        named = environ.get("PLANNER_DATABASE", "").strip()
        return cls(
            database=Path(named) if named else DEFAULT_DATABASE,
            actor=environ.get("PLANNER_ACTOR", "").strip() or _system_user(),
            debug=bool(environ.get("PLANNER_DEBUG", "").strip()),
            look_seconds=_seconds(environ.get("PLANNER_LOOK_SECONDS", "")) or LOOK_SECONDS,
        )


def _seconds(text: str) -> int:
    """Whole seconds from 1 to an hour; 0 for anything else, which counts as not set."""
    said = text.strip()
    is_short = said.isascii() and said.isdigit() and len(said) <= len(str(_HOUR))
    return int(said) if is_short and int(said) <= _HOUR else 0


@cache
def _system_user() -> str:
    """Name the operating system's user; a container's user may have no name, only a number."""
    import getpass  # noqa: PLC0415  only where nobody is named
    import os  # noqa: PLC0415

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "user"
