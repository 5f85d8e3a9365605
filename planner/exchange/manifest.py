"""manifest.json of a plan folder: what version its files are, and whether their cells were made safe."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from planner.exchange.manifest_refreshes import tell_refreshes
from planner.model.finding import Problem
from planner.model.version import Version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.exchange.manifest_refreshes import Kept
    from planner.model.plan import Plan

MANIFEST = "manifest.json"
BRIEF = "brief"
FORMAT_VERSION = 1
_MOST_BYTES = 8_000_000  # half a million items that were attested in one refresh


def write_manifest(
    plan: Plan, version: Version, refreshes: Sequence[Kept] = (), brief: Mapping[str, Any] | None = None
) -> bytes:
    """Write the manifest of a version: always the same bytes; times are UTC.

    `refreshes` led to it, and `brief` was frozen with it.
    """
    said = {
        "format_version": FORMAT_VERSION,
        "plan_uid": plan.settings.text("plan_uid"),
        "plan_name": plan.settings.text("plan_name"),
        "label": version.label,
        "kind": version.kind,
        "quarter": version.quarter,
        "number": version.number,
        "as_of": version.as_of.isoformat() if version.as_of else None,
        "sealed_on": _utc_text(version.sealed_on),
        "author": version.author,
        "note": version.note,
        "rows": plan.rows,
        "findings": dict(version.findings),
        "fingerprint": version.fingerprint or plan.fingerprint,
        "previous": version.previous,
        "chain": version.chain,
        "safe_cells": True,
        **tell_refreshes(refreshes),
        **({BRIEF: dict(brief)} if brief else {}),
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(file: str, data: bytes) -> dict[str, Any] | Problem:
    """Read a manifest; a Problem where it is none, or of a later format."""
    try:
        said = json.loads(data[:_MOST_BYTES])
        found = said["format_version"]
        is_sound = type(found) is int and type(said.get("safe_cells", False)) is bool
    except (ValueError, KeyError, TypeError, RecursionError):
        is_sound = False
    if not is_sound:
        return Problem(
            file, 0, "", "", "The manifest cannot be read. Put back the one that was written, or remove it."
        )
    if found > FORMAT_VERSION:
        told = f"The folder has format {found}; this release reads up to {FORMAT_VERSION}. Use the newer release."
        return Problem(file, 0, "format_version", str(found), told)
    return dict(said)


def version_of(manifest: Mapping[str, Any]) -> Version:
    """The version that a manifest names; raises ValueError or KeyError where it names none."""
    as_of, sealed_on = manifest.get("as_of"), manifest.get("sealed_on")
    return Version(
        label=manifest["label"],
        kind=manifest["kind"],
        quarter=manifest["quarter"],
        number=manifest["number"],
        as_of=dt.date.fromisoformat(as_of) if as_of else None,
        sealed_on=dt.datetime.fromisoformat(sealed_on) if sealed_on else None,
        author=manifest.get("author", ""),
        note=manifest.get("note", ""),
        rows=manifest.get("rows", {}),
        fingerprint=manifest["fingerprint"],
        previous=manifest.get("previous", ""),
        chain=manifest.get("chain", ""),
        findings=manifest.get("findings", {}),
    )


def _utc_text(moment: dt.datetime | None) -> str | None:
    """A UTC time as ISO text that reads back as itself."""
    return moment.isoformat() if moment else None
