"""`planner brief`: the one-page brief of a version as a file, in the form that the file's name asks for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.briefing import load_brief
from planner.cli_database import database_path, opened
from planner.cli_files import write_file
from planner.errors import DONE, FileRefused, WrongCall
from planner.exchange.brief_markdown import brief_markdown

if TYPE_CHECKING:
    import argparse

SUFFIXES = (".md",)


def brief(args: argparse.Namespace) -> int:
    """Write the brief of a version, against a baseline or the snapshot before, to a file or to standard output."""
    suffix = _suffix(args.output)
    if args.output is not None and Path(args.output).resolve() == database_path(args).resolve():
        raise FileRefused(args.output, "it is the plan database itself")
    with opened(args) as db:
        data = brief_markdown(load_brief(db, args.label, args.baseline or "").brief).encode()
    if args.output is None:
        sys.stdout.buffer.write(data)
    else:
        write_file(Path(args.output), data)
    return DONE


def _suffix(output: str | None) -> str:
    """The form that a file's name asks for, Markdown where there is no file; raises WrongCall."""
    if output is None:
        return ".md"
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        named = f"'{Path(output).suffix}'" if suffix else "no ending"
        raise WrongCall(
            f"'{Path(output).name}' has {named}, which is no form of a brief.",
            f"End the name in {', '.join(SUFFIXES)}.",
        )
    return suffix
