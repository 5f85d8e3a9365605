"""The command line of FORMAT 3: its words, its exit statuses, its bad news; what a verb does is in cli_*.py.

Only argparse is imported here: `planner --help` must come at once, and each verb loads what it needs.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from planner.errors import WRONG_CALL, PlannerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

DESCRIPTION = "A rolling five-year plan, sealed every quarter, with every change explained."
EPILOG = (
    "exit status: 0 done, 1 findings or problems stop it, 2 the call is wrong, 3 the database cannot be used"
)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are a sentence of what happened and one of what to do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and stop."""
        _warn(f"The call is wrong: {message}.", f"See '{self.prog} --help'.")
        sys.exit(WRONG_CALL)


class _ShowVersion(argparse.Action):
    """`--version`: the installed release; looking it up is slow, so only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> NoReturn:
        from importlib.metadata import version  # noqa: PLC0415

        sys.stdout.write(f"planner {version('strategy-roadmap-planner')}\n")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """Declare every verb with its words; `run` names the function that does it."""
    parser = _Parser(prog="planner", description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False)
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the release and stop")
    _add_database(parser)
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _declare_start(verbs)
    _declare_plan(verbs)
    _declare_questions(verbs)
    _declare_safety(verbs)
    return parser


def _declare_start(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = _declare(verbs, "serve", "cli_serve:serve", "start the pages, on loopback")
    verb.add_argument("--port", type=_port, default=8501, metavar="N", help="the port (8501)")
    verb = _declare(verbs, "init", "cli_plan:init", "make the database, with the sample plan or empty")
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--sample", action="store_true", help="with the sample plan (this is what it does)")
    which.add_argument("--empty", action="store_true", help="with an empty plan")
    verb.add_argument(
        "--fiscal-start",
        type=int,
        choices=range(1, 13),
        metavar="MONTH",
        help="the month, 1 to 12, in which the fiscal year of an empty plan starts",
    )
    verb.add_argument("--currency", metavar="CODE", help="the currency of an empty plan, such as GBP")
    verb.add_argument("--name", metavar="TEXT", help="the name of an empty plan")


def _declare_plan(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = _declare(verbs, "import", "cli_plan:import_folder", "read a plan folder into the draft")
    verb.add_argument("folder", metavar="FOLDER", help="a plan folder, or a zip of one")
    verb.add_argument(
        "--mode",
        choices=("replace", "merge"),
        default="replace",
        help="replace each table that has a file (the default), or merge: add and update rows, remove none",
    )
    verb.add_argument("--check", action="store_true", help="only list the problems")
    verb.add_argument("--by", metavar="NAME", help="who does it")
    verb.add_argument("--reason", metavar="CODE:TEXT", help="why the items change")
    _add_format(verb, "text", "json")
    verb = _declare(verbs, "seal", "cli_plan:seal_draft", "seal the draft as a snapshot")
    verb.add_argument("label", metavar="LABEL", help="the quarter, such as FY27-Q3, or FY27-Q3.r2")
    verb.add_argument("--as-of", metavar="DATE", help="the day it stands for, as 2026-10-16 (today)")
    verb.add_argument("--by", metavar="NAME", help="the author")
    verb.add_argument("--note", metavar="TEXT", default="", help="what the version is about")
    verb.add_argument("--accept-findings", action="store_true", help="seal in spite of warnings")


def _declare_questions(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = _declare(verbs, "versions", "cli_versions:versions", "list the versions")
    _add_format(verb, "text", "json")
    verb = _declare(verbs, "drift", "cli_drift:drift", "every difference between two versions")
    verb.add_argument("baseline", metavar="BASELINE", help="a label, draft, or latest")
    verb.add_argument("current", metavar="CURRENT", help="a label, draft, or latest")
    _add_format(verb, "text", "csv", "json")
    verb = _declare(
        verbs,
        "measures",
        "cli_measures:measures",
        "what a version and the refresh to it measure, and why not",
    )
    verb.add_argument("label", metavar="LABEL", help="a label, draft, or latest")
    verb.add_argument(
        "--baseline", metavar="LABEL", help="what the refresh starts from (the snapshot before)"
    )
    _add_format(verb, "text", "json")
    _declare_brief(verbs)
    verb = _declare(verbs, "export", "cli_export:export", "write a version as files")
    verb.add_argument(
        "what",
        metavar="WHAT",
        choices=("plan", "roadmap", "phasing", "links", "drift"),
        help="plan (a plan folder), roadmap, phasing, links or drift",
    )
    verb.add_argument("--version", dest="which", metavar="V", default="draft", help="the version (draft)")
    verb.add_argument("--baseline", metavar="V", help="drift: the version it is compared with")
    verb.add_argument("-o", "--output", metavar="PATH", help="where to; a plan folder needs it")
    verb = _declare(verbs, "check", "cli_plan:check_plan", "list what the plan breaks")
    verb.add_argument("--version", dest="which", metavar="V", default="draft", help="the version (draft)")
    _add_format(verb, "text", "json")


def _declare_brief(verbs: argparse._SubParsersAction[_Parser]) -> None:
    verb = _declare(verbs, "brief", "cli_brief:brief", "write the one-page brief of a version")
    verb.add_argument("label", metavar="LABEL", help="a label, draft, or latest")
    verb.add_argument("--baseline", metavar="LABEL", help="what it is compared with (the snapshot before)")
    verb.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to: .html, .pdf, .md or .pptx (Markdown on standard output)",
    )
    verb.add_argument(
        "--pictures",
        action="store_true",
        help=".md: its pictures too, as FILE-NAME.png beside it (the other forms have theirs in any case)",
    )


def _declare_safety(verbs: argparse._SubParsersAction[_Parser]) -> None:
    _declare(verbs, "verify", "cli_safety:verify", "re-read every snapshot, its chain and its archive")
    verb = _declare(verbs, "backup", "cli_safety:backup", "write a consistent copy of the database")
    verb.add_argument("file", metavar="FILE", help="the copy to make")
    verb = _declare(verbs, "restore", "cli_safety:restore", "put a copy back, or rebuild from archives")
    source = verb.add_mutually_exclusive_group(required=True)
    source.add_argument("file", metavar="FILE", nargs="?", help="a copy that 'planner backup' made")
    source.add_argument("--archives", metavar="FOLDER", help="a folder of archives")


def _declare(
    verbs: argparse._SubParsersAction[_Parser], name: str, run: str, told: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.", allow_abbrev=False)
    verb.set_defaults(run=run)
    _add_database(verb)
    return verb


def _add_database(parser: argparse.ArgumentParser) -> None:
    """Accept `--database` before and after the verb; the one after it wins."""
    parser.add_argument(
        "--database",
        metavar="PATH",
        default=argparse.SUPPRESS,
        help="the database (PLANNER_DATABASE, or data/plan.duckdb)",
    )


def _add_format(verb: argparse.ArgumentParser, *formats: str) -> None:
    verb.add_argument("--format", choices=formats, default=formats[0], help=f"{', '.join(formats)}")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a port; write a number from 1 to 65535")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; called without words it is the program itself."""
    if argv is None:
        _be_the_program()
    args = build_parser().parse_args(argv)
    module, function = args.run.split(":")
    try:
        status: int = getattr(import_module(f"planner.{module}"), function)(args)
        sys.stdout.flush()
    except PlannerError as refusal:
        _warn(refusal.headline, refusal.remedy)
        return refusal.exit_status
    except BrokenPipeError:
        # Whoever reads has enough, as `head` does; Python would complain again when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _be_the_program() -> None:
    """Speak UTF-8 whatever the locale is, for the files that are piped on, and tell of bugs plainly."""
    sys.excepthook = _say_plainly
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say_plainly(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """Tell of a bug in one line; its traceback is for whoever asks for it with PLANNER_DEBUG."""
    if os.environ.get("PLANNER_DEBUG"):
        sys.__excepthook__(kind, error, traceback)
    elif issubclass(kind, KeyboardInterrupt):
        _warn("Stopped.", "What was saved before is there; the rest was not written.")
    else:
        _warn(
            f"This is a fault of the planner ({kind.__name__}).",
            "Set PLANNER_DEBUG=1 and run it again to see where.",
        )


def _warn(headline: str, remedy: str) -> None:
    """Write two lines; what a terminal would obey instead of showing it is left out."""
    for sentence in (headline, remedy):
        sys.stderr.write("".join(c if c.isprintable() else " " for c in sentence) + "\n")
