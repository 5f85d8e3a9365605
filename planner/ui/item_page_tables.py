"""The tables of one item: its cells by version, what each version changed and why, who has to do with it; HTML only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.model.quarter import Quarter
from planner.model.tables import TABLES
from planner.rules.change_cells import cell_text
from planner.rules.item_life import FOLLOWED
from planner.rules.sentences import percent_text, spoken_quarter
from planner.ui.editor_history import sort_word
from planner.ui.life_address import life_link
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.places import place
from planner.ui.registers_page_words import WORDS, state_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.actions.item_history import Past
    from planner.model.quarter import Calendar
    from planner.model.version import Version
    from planner.rules.change_names import Names
    from planner.rules.item_life import At, Life, Measure, Mention

_MOST_SERVED: Final = 12


def version_word(at: At, calendar: Calendar) -> str:
    """'Q3 FY27', 'Q3 FY27, revision 2', 'Draft'."""
    if at.moment.is_draft:
        return "Draft"
    revision = at.moment.label.partition(".r")[2]
    return f"{spoken_quarter(at.moment.quarter, calendar)}{f', revision {revision}' if revision else ''}"


def cell_rows(life: Life, calendar: Calendar, names: Names) -> tuple[list[str], list[list[str]]]:
    """The cells of an item by version as people read them, with the heads; a version without it says so."""
    fields = [name for name in ("name", *FOLLOWED.get(life.table, ())) if name in TABLES[life.table].by_name]
    heads = ["Version", *(TABLES[life.table].by_name[name].label for name in fields)]
    more = {"outcomes": "Stands", "capabilities": "Heat"}.get(life.table)
    rows = []
    for at in life.at:
        told = [_text(life.table, name, at, names) for name in fields]
        row = [version_word(at, calendar), *told]
        if more:
            row.append(at.status if life.table == "outcomes" else "" if at.heat is None else str(at.heat))
        if at.cells is None:
            row = [row[0], "not in the plan", *("" for _ in row[2:])]
        rows.append(row)
    return [*heads, *([more] if more else [])], rows


def _text(of: str, name: str, at: At, names: Names) -> str:
    value: Any = (at.cells or {}).get(name)
    if value is None:
        return ""
    stored = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return cell_text(TABLES[of].by_name[name], stored, names, at.moment.plan.settings)


def measure_rows(measures: Sequence[Measure], calendar: Calendar) -> list[tuple[str, str, str, str]]:
    """The measures of an outcome by quarter: name, quarter, value, value on the path."""
    return [
        (measure.name, calendar.spoken(Quarter(at)), _number(measure, value), _number(measure, wanted))
        for measure in measures
        for at, value, wanted in measure.points
    ]


def _number(measure: Measure, value: float | None) -> str:
    return "" if value is None else f"{value:,.{measure.decimals}f} {measure.unit}".rstrip()


def changes_html(
    steps: Sequence[tuple[Version, Version, Past, str]],
    cited: Mapping[str, Sequence[str]],
    titles: Mapping[str, str],
    beginning: tuple[str, str],
    calendar: Calendar,
) -> Html:
    """What each version changed, the newest first, with its reason, its evidence and its decision.

    A step has the name of the part that changed, empty for the item itself; `beginning` is the last line.
    """
    rows: list[Sequence[object]] = []
    for before, after, found, part in reversed(steps):
        href = place("drift").href(**{"from": before.label, "to": after.label})
        name = "Draft" if not after.is_sealed else spoken_quarter(calendar.parse(after.quarter), calendar)
        revision = after.label.partition(".r")[2]
        link = tag("a", f"{name}{f', revision {revision}' if revision else ''}", href=href, target="_self")
        why = f"because {found.reason.rstrip('.')}" if found.reason else sort_word(found)
        proof = [key for key, versions in cited.items() if after.label in versions]
        said = join((tag("span", f"{part}: ", class_="p-mute") if part else "", _capital(found.said)))
        rows.append((strong(link), said, tag("span", why, class_="p-mute"), _proof(proof, titles)))
    rows.append((beginning[0], tag("span", beginning[1], class_="p-mute"), "", ""))
    heads = ("Version", "What it changed", "Why", "Evidence and decision")
    return table(heads, rows, widths=("12%", "36%", "32%", "20%"), caption="What each version changed")


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"


def _proof(keys: Sequence[str], titles: Mapping[str, str]) -> Html:
    return join(
        tag(
            "div", entry_link(key), tag("span", f" {titles[key]}" if titles.get(key) else "", class_="p-mute")
        )
        for key in keys
    )


_REGISTER_OF: Final = {
    "INS": "insights",
    "LES": "lessons",
    "DEC": "decisions",
    "RSK": "risks",
    "ASM": "assumptions",
}


def entry_link(key: str) -> Html:
    """An id of a register as a link to its entry, or the bare id where the register is not known by it."""
    register = _REGISTER_OF.get(key.partition("-")[0])
    if register is None:
        return tag("span", key)
    return tag("a", key, href=place("registers").href(tab=register, entry=key), target="_self")


def served_html(
    life: Life,
    then: Sequence[tuple[str, float]],
    now: Sequence[tuple[str, float]],
    names: Names,
    calendar: Calendar,
) -> Html:
    """What an item serves, or of an outcome what carries it, in its first and in its last version, the shares beside each other."""
    of = "projects" if life.table == "outcomes" else "outcomes"
    was, is_now = dict(then), dict(now)
    keys = list(dict.fromkeys([*(key for key, _ in now), *(key for key, _ in then)]))
    rows = [
        (
            life_link(of, key, names[of, key]),
            _share(was.get(key)),
            _share(is_now.get(key)),
            _moved(was.get(key), is_now.get(key)),
        )
        for key in keys[:_MOST_SERVED]
    ]
    there, what = life.there, "Project" if of == "projects" else "Outcome"
    if len(there) == 1:
        bare = [row[:2] for row in rows]
        return table((what, version_word(there[0], calendar)), bare, widths=("80%", "20%"), right=[1])
    heads = (what, version_word(there[0], calendar), version_word(there[-1], calendar), "")
    return table(heads, rows, widths=("52%", "14%", "14%", "20%"), right=[1, 2], caption="Then and now")


def _share(share: float | None) -> str:
    return "" if share is None else percent_text(share)


def _moved(was: float | None, now: float | None) -> Html:
    if was is None or now is None:
        return tag("span", "new" if was is None else "no longer", class_="p-mute")
    return Html()


def mentions_html(found: Sequence[Mention], calendar: Calendar) -> Html:
    """The entries of the registers that have to do with the item, by register."""
    rows: list[Sequence[object]] = []
    register = ""
    for one in found:
        if one.register != register:
            register = one.register
            rows.append([WORDS[register].title])
        entry = one.entry
        link = tag(
            "a",
            entry.said or entry.id,
            href=place("registers").href(tab=register, entry=entry.id),
            target="_self",
        )
        state = tag("span", state_word(register, entry.state), class_="p-chip") if entry.state else ""
        rows.append((join((link, tag("div", entry.id, class_="p-faint"))), state, _how(one, calendar)))
    return table(("What", "State", "How"), rows, widths=("60%", "14%", "26%"), caption="In the registers")


def _how(one: Mention, calendar: Calendar) -> str:
    told = ["names it"] if one.names_it else []
    if one.cited_in:
        words = [
            "the draft"
            if label == "draft"
            else spoken_quarter(calendar.parse(label.partition(".r")[0]), calendar)
            for label in one.cited_in
        ]
        told.append(f"named by its changes in {', '.join(words)}")
    return "; ".join(told)
