"""`planner brief`: the one-page brief of a version as a file, in the form that the file's name asks for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.brief_files import MARKDOWN, MEDIA, brief_file, brief_files, has_pictures, names_beside
from planner.actions.briefing import load_brief, load_review
from planner.cli_database import database_path, opened
from planner.cli_files import write_file
from planner.errors import DONE, FileRefused, WrongCall

if TYPE_CHECKING:
    import argparse

    from planner.look.picture import Pictures
    from planner.store.database import Database


def brief(args: argparse.Namespace) -> int:
    """Write the brief of a version, against a baseline or the snapshot before, to a file or to standard output.

    With `--pictures` Markdown gets its pictures as files beside it; the other forms have theirs in any case.
    """
    suffix = _suffix(args.output)
    if args.output is None and args.pictures:
        raise WrongCall(
            "On standard output the pictures have no place.",
            "Name a file with -o; they are written beside it.",
        )
    if args.output is not None:
        _refuse_database(args)
    with opened(args) as db:
        shown = load_brief(db, args.label, args.baseline or "")
        pictures = _pictures(db, args) if args.pictures or has_pictures(suffix) else {}
    if args.output is None:
        sys.stdout.buffer.write(brief_file(shown.brief, suffix, pictures))
        return DONE
    output = Path(args.output)
    for name, data in brief_files(shown.brief, output.name, pictures).items():
        write_file(output.with_name(name), data)
    return DONE


def _refuse_database(args: argparse.Namespace) -> None:
    """Raise FileRefused where a file of the brief would take the place of the plan database."""
    output = Path(args.output)
    beside = names_beside(output.name) if args.pictures else []
    for file in (output, *map(output.with_name, beside)):
        if file.resolve() == database_path(args).resolve():
            raise FileRefused(file, "it is the plan database itself")


def _pictures(db: Database, args: argparse.Namespace) -> Pictures:
    """The pictures of the brief; what draws them is loaded only then."""
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
