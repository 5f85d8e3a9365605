"""`planner export`: a version as files, to a path or to standard output; which bytes is the actions' business."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions import exporting
from planner.cli_database import database_path, opened
from planner.cli_files import write_file, write_folder
from planner.errors import DONE, FileRefused, WrongCall

if TYPE_CHECKING:
    import argparse

    from planner.store.database import Database


def export(args: argparse.Namespace) -> int:
    """Write the plan folder, the roadmap, its phasing, its links or its drift."""
    if args.baseline is not None and args.what != "drift":
        raise WrongCall("--baseline belongs to 'planner export drift'.", "Leave it out.")
    if args.output is not None and Path(args.output).resolve() == database_path(args).resolve():
        raise FileRefused(args.output, "it is the plan database itself")
    if args.what == "plan":
        return _export_plan(args)
    with opened(args) as db:
        data = _bytes(db, args)
    if args.output is None:
        sys.stdout.buffer.write(data)
    else:
        write_file(Path(args.output), data)
    return DONE


def _export_plan(args: argparse.Namespace) -> int:
    if args.output is None:
        raise WrongCall(
            "A plan folder cannot go to standard output.", "Name the folder to make with -o PATH."
        )
    target = Path(args.output)
    with opened(args) as db:
        if target.suffix.lower() == ".zip":
            write_file(target, exporting.export_plan_zip(db, args.which))
        else:
            write_folder(target, exporting.export_plan(db, args.which))
    return DONE


def _bytes(db: Database, args: argparse.Namespace) -> bytes:
    match args.what:
        case "roadmap":
            return exporting.export_roadmap(db, args.which)
        case "phasing":
            return exporting.export_phasing(db, args.which)
        case "links":
            return exporting.export_links(db, args.which)
        case _:
            baseline = args.baseline or exporting.load_version_before(db, args.which)
            return exporting.export_drift(db, baseline, args.which)
