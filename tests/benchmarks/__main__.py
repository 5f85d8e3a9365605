"""Run the benchmarks and print one table: `python -m tests.benchmarks [--quick] [--only NAME] [--write README.md]`.

It needs the extra `test`, and a Chromium for the pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.briefs import brief_lines
from tests.benchmarks.command_line import command_lines
from tests.benchmarks.drift_parts import drift_lines
from tests.benchmarks.growth import growth_lines
from tests.benchmarks.memory import memory_lines
from tests.benchmarks.merging import merge_lines
from tests.benchmarks.pages import page_lines
from tests.benchmarks.peers import peer_lines
from tests.benchmarks.report import as_markdown, write_between_marks
from tests.benchmarks.storing import store_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.report import Line

SIZES = [1_000, 10_000, 100_000, 1_000_000]
QUICK, PEERS_END = 10_000, 100_000
STORED = 10_000
NOTE = (
    "Two things are timed in turns in one run; the ratio is the median of the rounds, with the least and the most "
    "beside it. {sizes} Every drift was held to an independent count of the changes."
)


def _drift(sizes: list[int], folder: Path) -> Iterator[Line]:
    return drift_lines([size for size in sizes if size >= STORED], folder)


def _peers(sizes: list[int], folder: Path) -> Iterator[Line]:
    return peer_lines([size for size in sizes if size <= PEERS_END], folder)


def _memory(sizes: list[int], folder: Path) -> Iterator[Line]:
    return memory_lines(min(PEERS_END, sizes[-1]), folder)


def _store(_sizes: list[int], folder: Path) -> Iterator[Line]:
    return store_lines(STORED, folder)


def _merge(_sizes: list[int], _folder: Path) -> Iterator[Line]:
    return merge_lines(STORED)


def _brief(_sizes: list[int], _folder: Path) -> Iterator[Line]:
    return brief_lines()


def _pages(sizes: list[int], folder: Path) -> Iterator[Line]:
    return page_lines(folder, is_quick=sizes[-1] <= QUICK)


def _command_line(_sizes: list[int], folder: Path) -> Iterator[Line]:
    return command_lines(folder)


def _growth(sizes: list[int], folder: Path) -> Iterator[Line]:
    return growth_lines(sizes, folder)


PARTS: dict[str, Callable[[list[int], Path], Iterator[Line]]] = {
    "drift": _drift,
    "peers": _peers,
    "memory": _memory,
    "store": _store,
    "merge": _merge,
    "brief": _brief,
    "pages": _pages,
    "cli": _command_line,
    "growth": _growth,
}


def main() -> int:
    """Run the parts that were asked for; lines go to stderr as they come, the table to stdout at the end."""
    args = _arguments()
    sizes = [size for size in SIZES if size <= QUICK] if args.quick else SIZES
    lines: list[Line] = []
    for name in args.only or PARTS:
        with tempfile.TemporaryDirectory(prefix="planner-benchmarks-") as folder:
            for line in PARTS[name](sizes, Path(folder)):
                lines.append(line)
                print(" | ".join(line.cells), file=sys.stderr, flush=True)
    said = NOTE.format(
        sizes=f"Plans of {', '.join(f'{size:,}' for size in sizes)} projects with three links each."
    )
    table = f"{as_markdown(lines)}\n\n{said}"
    print(table)
    if args.write and not write_between_marks(args.write, table):
        print(
            f"{args.write} has no place for the table: two HTML comment marks are missing.", file=sys.stderr
        )
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="plans of 1,000 and 10,000 projects only")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given several times")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the table between the marks of this file"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
