"""Which changes cite which evidence and which decision, over all versions; it judges neither."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from planner.model.quarter import Quarter


@dataclass(frozen=True, slots=True)
class Citation:
    """One reason that names evidence or a decision: in which version, of which quarter, about which row.

    `place` orders versions, a draft's is the last; `kind` is the planning meaning it was given for, empty for the
    whole item.
    """

    label: str
    quarter: Quarter
    place: int
    table: str
    id: str
    kind: str
    reason: str
    evidence: str
    decision: str


@dataclass(frozen=True, slots=True)
class Citations:
    """The reasons that cite something, by what they cite, in the order of versions; `versions` counts those read."""

    of_evidence: Mapping[str, Sequence[Citation]]
    of_decision: Mapping[str, Sequence[Citation]]
    versions: int


def find_citations(reasons: pl.DataFrame, quarters: Mapping[str, Quarter]) -> Citations:
    """Read the citations off the reasons of all versions: the columns of `reasons`, label and place.

    `quarters` is the quarter of each version by label; a reason of another version is left out.
    """
    of_evidence: defaultdict[str, list[Citation]] = defaultdict(list)
    of_decision: defaultdict[str, list[Citation]] = defaultdict(list)
    for row in reasons.sort("place", maintain_order=True).iter_rows(named=True):
        if row["label"] not in quarters:
            continue
        cited = Citation(
            label=row["label"],
            quarter=quarters[row["label"]],
            place=row["place"],
            table=row["table"],
            id=row["id"],
            kind=row["kind"] or "",
            reason=row["reason_text"] or "",
            evidence=row["evidence_id"] or "",
            decision=row["decision_id"] or "",
        )
        if cited.evidence:
            of_evidence[cited.evidence].append(cited)
        if cited.decision:
            of_decision[cited.decision].append(cited)
    return Citations(dict(of_evidence), dict(of_decision), len(quarters))
