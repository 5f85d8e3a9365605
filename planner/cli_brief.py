"""`planner brief`: the one-page brief of a version as a file, in the form that the file's name asks for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.brief_files import MARKDOWN, MEDIA, brief_file, has_pictures
from planner.actions.briefing import load_brief, load_review
from planner.cli_database import database_path, opened
from planner.cli_files import write_file
from planner.errors import DONE, FileRefused, WrongCall

if TYPE_CHECKING:
    import argparse

    from planner.look.picture import Pictures
    from planner.store.database import Database


def brief(args: argparse.Namespace) -> int:
    """Write the brief of a version, against a baseline or the snapshot before, to a file or to standard output."""
    suffix = _suffix(args.output)
    if args.output is not None and Path(args.output).resolve() == database_path(args).resolve():
        raise FileRefused(args.output, "it is the plan database itself")
    with opened(args) as db:
        shown = load_brief(db, args.label, args.baseline or "")
        data = brief_file(shown.brief, suffix, _pictures(db, args, suffix))
    if args.output is None:
        sys.stdout.buffer.write(data)
    else:
        write_file(Path(args.output), data)
    return DONE


def _pictures(db: Database, args: argparse.Namespace, suffix: str) -> Pictures:
    """The pictures of a form that has some; what draws them is loaded only then."""
    if not has_pictures(suffix):
        return {}
    from planner.charts.brief_pictures import brief_pictures  # noqa: PLC0415

    return brief_pictures(load_review(db, args.label, args.baseline or ""))


def _suffix(output: str | None) -> str:
    """The form that a file's name asks for, Markdown where there is no file; raises WrongCall."""
    if output is None:
        return MARKDOWN
    name = Path(output)
    if name.suffix.lower() not in MEDIA:
        named = f"ends in '{name.suffix}'" if name.suffix else "has no ending"
        raise WrongCall(
            f"The name '{name.name}' {named}, which is no form of a brief.",
            f"End it in {', '.join(MEDIA)}.",
        )
    return name.suffix.lower()
