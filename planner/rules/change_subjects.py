"""Changes whose sentence does not begin with the item: its target, scope, dates, confidence (DOMAIN 4.2); all others begin with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.rules.change_cells import cell_text
from planner.rules.sentences import listed_text

if TYPE_CHECKING:
    from planner.rules.change_tails import Story
    from planner.rules.changes import Change


def told_of(story: Story, lead: Change) -> tuple[str, str] | None:
    """What the sentence begins with, and what is said of it; None where it begins with the item's name."""
    if lead.table == "kpis" and lead.group == "goals":
        before, after = _cells(story, lead)
        unit = f" {lead.unit}" if lead.unit else ""
        return f"The target for '{_within(lead.item_name)}'", f"is now {after}{unit} (was {before})"
    if lead.table != "projects":
        return None
    if lead.group == "rating" and lead.field == "confidence_pct":
        before, after = _cells(story, lead)
        return f"Confidence in {lead.item_name}", f"is now {after} (was {before})"
    if lead.group == "scope":
        return f"The scope of {lead.item_name}", "changed"
    if lead.group == "refined":
        precision = lead.now.precision if lead.now else ""
        known = f"to the {precision}" if precision else "more exactly"
        return f"The dates of {lead.item_name}", f"are now set {known}; nothing moved"
    return None


def scope_moved(lead: Change) -> str:
    """What a project delivers now and did not, and the other way round: '; it now includes A and leaves out B'."""
    if lead.group != "scope":
        return ""
    was, now = ({part for part in (stored or "").split("|") if part} for stored in (lead.before, lead.after))
    told = [
        f"{verb} {listed_text(sorted(parts))}"
        for verb, parts in (("now includes", now - was), ("leaves out", was - now))
        if parts
    ]
    return f"; it {' and '.join(told)}" if told else ""


def served_tail(story: Story, lead: Change) -> str:
    """What an enabler or a capability supports now and did not, or no longer; its shares of outcomes are not told."""
    lost, gained = (
        [
            story.names[table, key]
            for table, _, key in (part.partition(":") for part in stored.split("|") if part)
        ]
        for stored in (lead.before or "", lead.after or "")
    )
    if gained and not lost:
        return f"now {'also ' if _served_before(story, lead) else ''}supports {_quoted(gained)}"
    if lost and not gained:
        return f"no longer supports {_quoted(lost)}"
    if gained:
        return f"now supports {_quoted(gained)} instead of {_quoted(lost)}"
    return "has other links"


def _served_before(story: Story, lead: Change) -> bool:
    return bool((story.baseline["links"]["from_id"] == lead.id).any())


def _quoted(names: list[str]) -> str:
    return listed_text([f"'{name}'" for name in sorted(names)])


def _cells(story: Story, lead: Change) -> list[str]:
    column = TABLES[lead.table].by_name.get(lead.field)
    return [
        cell_text(column, stored, story.names, story.current.settings) for stored in (lead.before, lead.after)
    ]


def _within(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it is a short form such as NPS."""
    return name if name[1:2].isupper() or name[1:2].isdigit() else name[:1].lower() + name[1:]
