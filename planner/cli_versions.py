"""`planner versions`: the list of versions; as a table, polars and the schema library stay unloaded on this path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.cli_database import opened
from planner.cli_text import counted, say, say_json, text_table
from planner.errors import DONE
from planner.store.versions import list_versions

if TYPE_CHECKING:
    import argparse

    from planner.model.version import Version
    from planner.store.database import Database

HEAD = ("version", "quarter", "as of", "sealed on (UTC)", "author", "projects", "fingerprint", "note")
FINGERPRINT_SHOWN = 14


def versions(args: argparse.Namespace) -> int:
    """List the versions as a table, or as the JSON of FORMAT 3."""
    with opened(args) as db:
        found = list_versions(db)
        if args.format == "json":
            found = [version if version.is_sealed else _fingerprinted(db, version) for version in found]
    if args.format == "json":
        say_json({"versions": [_as_document(version) for version in found]})
        return DONE
    say(text_table(HEAD, [_as_row(version) for version in found], right=("projects",)))
    say(f"{counted(sum(version.is_sealed for version in found), 'snapshot')}.")
    return DONE


def _fingerprinted(db: Database, version: Version) -> Version:
    """A draft with the fingerprint of what it holds now; only this form pays for reading it."""
    from planner.store.snapshots import load_plan  # noqa: PLC0415

    return replace(version, fingerprint=load_plan(db, version.label).fingerprint)


def _as_row(version: Version) -> tuple[object, ...]:
    sealed = version.sealed_on.strftime("%Y-%m-%d %H:%M") if version.sealed_on else ""
    return (
        version.label,
        version.quarter,
        version.as_of or "",
        sealed,
        version.author,
        version.rows.get("projects", 0),
        version.fingerprint[:FINGERPRINT_SHOWN],
        version.note,
    )


def _as_document(version: Version) -> dict[str, Any]:
    return {
        "label": version.label,
        "kind": version.kind,
        "quarter": version.quarter,
        "as_of": version.as_of.isoformat() if version.as_of else None,
        "sealed_on": version.sealed_on.strftime("%Y-%m-%dT%H:%M:%SZ") if version.sealed_on else None,
        "author": version.author,
        "note": version.note,
        "rows": dict(version.rows),
        "fingerprint": version.fingerprint,
        "previous": version.previous,
    }
