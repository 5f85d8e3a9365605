"""The verbs that make, change and check a plan: init, import, seal, check; they say, the actions do."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.checking import check
from planner.actions.importing import apply_import, check_import, parse_reason
from planner.actions.opening import make_plan
from planner.actions.refreshing import count_unexplained, seal
from planner.cli_database import actor, database_path, now, opened
from planner.cli_text import counted, say, say_json, shown, text_table
from planner.errors import DONE, STOPPED, ProblemsStopImport, WrongCall
from planner.exchange.folder_files import read_files
from planner.model.finding import ERROR

if TYPE_CHECKING:
    import argparse

    from planner.actions.importing import ImportPreview

LONGEST_MESSAGE = 400


def init(args: argparse.Namespace) -> int:
    """Make the database; how far it is goes to standard error."""
    path = database_path(args)
    given = {"--fiscal-start": args.fiscal_start, "--currency": args.currency, "--name": args.name}
    unfit = [option for option, value in given.items() if value is not None]
    if unfit and not args.empty:
        raise WrongCall(
            f"{' and '.join(unfit)} cannot change the sample plan.",
            "Add --empty to start a plan of your own.",
        )
    db = make_plan(
        path,
        sample=not args.empty,
        fiscal_start=args.fiscal_start or 1,
        currency=args.currency or "",
        name=args.name or "",
        now=now(),
        progress=show_progress,
    )
    db.close()
    say(f"Made {path} with {'an empty plan' if args.empty else 'the sample plan'}.")
    return DONE


def show_progress(told: str, part: float) -> None:
    """Say on standard error what is being done and how far it is."""
    sys.stderr.write(f"{part:4.0%}  {told}\n")


def import_folder(args: argparse.Namespace) -> int:
    """Read a plan folder into the draft, all of it or none; problems and what would change are listed."""
    reason = parse_reason(args.reason) if args.reason else None
    files = read_files(Path(args.folder))
    with opened(args) as db:
        preview = check_import(db, files, mode=args.mode)
        if not (preview.problems or args.check):
            apply_import(db, preview, actor=actor(args), reason=reason, now=now())
    _tell_import(args, preview)
    return STOPPED if preview.problems else DONE


def _tell_import(args: argparse.Namespace, preview: ImportPreview) -> None:
    applied = not (preview.problems or args.check)
    if args.format == "json":
        document = {
            "problems": [problem.as_row() for problem in preview.problems],
            "tables": preview.counts,
            "ledgers": preview.ledger_counts,
            "applied": applied,
        }
        say_json(document)
        return
    for problem in preview.problems:
        sys.stdout.write(f"{shown(problem.sentence, LONGEST_MESSAGE)}\n")
    if preview.problems:
        sys.stdout.flush()
        stopped = ProblemsStopImport(preview.count)
        sys.stderr.write(f"{stopped.headline}\n{stopped.remedy}\n")
        return
    rows = [(table, *(counts[word] for word in _COUNTED)) for table, counts in preview.counts.items()]
    rows += [
        (name, counts["added"], 0, 0, counts["unchanged"]) for name, counts in preview.ledger_counts.items()
    ]
    rows = [row for row in rows if any(row[1:])]
    say(text_table(("table", *_COUNTED), rows, right=_COUNTED))
    say("Nothing is wrong; nothing was written." if args.check else "Imported into the draft.")


_COUNTED = ("added", "changed", "removed", "unchanged")


def seal_draft(args: argparse.Namespace) -> int:
    """Seal the draft; sealing the same content again is done already."""
    with opened(args) as db:
        version, is_fresh = seal(
            db,
            args.label,
            as_of=_day(args.as_of) if args.as_of else now().date(),
            author=actor(args),
            note=args.note,
            accept_findings=args.accept_findings,
            now=now(),
        )
        bare = count_unexplained(db, version) if is_fresh else 0
    if bare:
        told = "1 change has" if bare == 1 else f"{bare:,} changes have"
        sys.stderr.write(
            f"Warning: {told} no reason; 'planner drift {version.previous} {version.label}' lists them.\n"
        )
    if is_fresh:
        say(f"Sealed {version.label} with fingerprint {version.fingerprint}.")
        if version.findings:
            say(f"{counted(sum(version.findings.values()), 'warning')} accepted.")
    else:
        say(f"{version.label} is already sealed with this content.")
    return DONE


def _day(text: str) -> dt.date:
    with suppress(ValueError):
        day = dt.date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    raise WrongCall(f"'{shown(text)}' is not a date.", "Write it like 2026-10-16.")


def check_plan(args: argparse.Namespace) -> int:
    """List the findings of a version; only errors are a failure."""
    with opened(args) as db:
        version, findings = check(db, args.which)
    errors = sum(finding.severity == ERROR for finding in findings)
    if args.format == "json":
        say_json({"version": version.label, "findings": [finding.as_row() for finding in findings]})
    else:
        for finding in findings:
            place = " ".join(word for word in (finding.table, finding.id, finding.field) if word)
            say(
                f"{finding.severity:<8} {finding.code:<24} {shown(place, 160)}: {shown(finding.message, LONGEST_MESSAGE)}"
            )
        say(f"{version.label}: {counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}.")
    return STOPPED if errors else DONE
