"""The Versions page: the chain of snapshots, whether all of them hold, and closing the quarter; it seals nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.verifying import verify
from planner.rules.change_words import TABLE_WORDS
from planner.rules.sentences import counted, day_text, number_word
from planner.ui import session
from planner.ui.edit_words import moment_text
from planner.ui.frame import lead, page_header, section
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import version_name
from planner.ui.places import place
from planner.ui.presence_line import show_presence
from planner.ui.versions_page_seal import changes_word, show_sealing

if TYPE_CHECKING:
    import datetime as dt

    from planner.actions.verifying import Verification
    from planner.model.quarter import Calendar
    from planner.model.version import Version

_VERIFIED = "versions-verified"
_SHORT = 10  # characters of a fingerprint after its version
_COUNTED = ("projects", "links", "outcomes")
_MOST_BROKEN = 100


def show_versions() -> None:
    """Draw the page."""
    versions = session.versions()
    draft = session.draft()
    show_presence("versions", draft)
    sealed = [version for version in versions if version.is_sealed]
    calendar = session.plan_of(draft).calendar
    _show_header(draft, sealed, calendar)
    lead(_lead(draft, sealed, calendar))
    _show_verification()
    left, right = st.columns([0.64, 0.36], gap="large")
    with left:
        _show_chain(sealed, calendar)
    with right:
        show_sealing(draft, sealed, calendar)


def _show_header(draft: Version, sealed: list[Version], calendar: Calendar) -> None:
    said = f"{counted(len(sealed), 'snapshot')} that nobody can change · {version_name(draft, calendar)}"
    with page_header("Versions", said):
        st.button(
            "Verify all snapshots",
            icon=":material/verified_user:",
            disabled=not sealed,
            key="verify",
            on_click=_verify,
            help="Reads every snapshot and its archive again and recomputes every fingerprint.",
        )


def _lead(draft: Version, sealed: list[Version], calendar: Calendar) -> Html:
    if not sealed:
        return join(
            [
                strong("Nothing is sealed yet."),
                " The first snapshot is what later quarters are compared with.",
            ]
        )
    last = sealed[-1]
    many = strong(f"{counted(len(sealed), 'snapshot', words=True)}".capitalize())
    verb = " is sealed" if len(sealed) == 1 else " are sealed"
    then = f", the last one {version_name(last, calendar)} as of {day_text(last.as_of)}; the draft "
    return join([many, verb, then, strong(changes_word(last, draft)), "."])


def _verify() -> None:
    with st.spinner("Reading every snapshot and its archive again"):
        st.session_state[_VERIFIED] = (verify(session.database()), session.now())


def _show_verification() -> None:
    """Say what the last verification found; it is of the moment in which it was made."""
    kept: tuple[Verification, dt.datetime] | None = st.session_state.get(_VERIFIED)
    if kept is None:
        return
    verification, moment = kept[0], moment_text(kept[1], session.now())
    if not verification.broken:
        word = number_word(verification.snapshots) if verification.snapshots > 1 else "The one"
        said = f"All {word} snapshots hold" if verification.snapshots > 1 else "The one snapshot holds"
        told = f"{said}: rows, fingerprints, chain and archives were read again at {moment}."
        st.html(tag("p", "✓ ", told, class_="p-note p-better", role="status"))
        return
    head = f"{counted(len(verification.broken), 'place is', 'places are')} not what was sealed (read at {moment})."
    rows = [
        [broken.label, TABLE_WORDS.get(broken.table, broken.table), broken.id, broken.field, broken.message]
        for broken in verification.broken[:_MOST_BROKEN]
    ]
    with st.container(border=True):
        st.html(tag("p", head, class_="p-empty p-worse", role="alert"))
        heads = ["Version", "Table", "Item", "Field", "What is wrong"]
        st.html(table(heads, rows, widths=["10%", "12%", "18%", "14%", "46%"], caption="What does not hold"))
        st.html(
            tag(
                "p",
                "Restore a backup, or rebuild the database with planner restore --archives.",
                class_="p-note",
            )
        )


def _show_chain(sealed: list[Version], calendar: Calendar) -> None:
    section("The chain of snapshots", "Newest first. Each fingerprint rests on the one before it.")
    if not sealed:
        st.html(tag("p", "There is no snapshot yet. Seal the draft to make the first one.", class_="p-empty"))
        return
    rows = [_chain_row(version, calendar) for version in reversed(sealed)]
    heads = ["Version", "As of, sealed on", "By, note", "Rows", "Accepted", "Fingerprint"]
    widths = ["19%", "16%", "25%", "16%", "10%", "14%"]
    st.html(table(heads, rows, widths=widths, caption="Snapshots, the newest first"))
    with st.expander("Fingerprints and chain in full"):
        full = [
            [
                version.label,
                tag("code", version.fingerprint, style=_SELECTED),
                tag("code", version.chain, style=_SELECTED),
            ]
            for version in reversed(sealed)
        ]
        st.html(table(["Version", "Fingerprint", "Chain"], full, widths=["12%", "44%", "44%"]))


_SELECTED = "user-select:all;font-size:.8rem;overflow-wrap:anywhere"


def _chain_row(version: Version, calendar: Calendar) -> list[Html]:
    spoken = version_name(version, calendar)
    link = (
        tag(
            "a",
            f"drift from {version.previous}",
            href=place("drift").href(**{"from": version.previous, "to": version.label}),
        )
        if version.previous
        else tag("span", "the first one", class_="p-faint")
    )
    name = tag("div", tag("strong", version.label), tag("div", spoken, class_="p-mute"), tag("div", link))
    as_of = version.as_of.isoformat() if version.as_of else ""
    sealed_on = f"{version.sealed_on:%Y-%m-%d %H:%M} UTC" if version.sealed_on else ""
    dates = tag("div", as_of, tag("div", sealed_on, class_="p-faint", style="font-size:.8rem"))
    author = tag("div", version.author, tag("div", version.note, class_="p-mute"))
    return [name, dates, author, _rows_html(version), _accepted_html(version), _fingerprint_html(version)]


def _rows_html(version: Version) -> Html:
    counts = [f"{version.rows[name]:,} {name}" for name in _COUNTED if version.rows.get(name)]
    every = ", ".join(
        f"{count:,} {TABLE_WORDS.get(name, name).lower()}" for name, count in version.rows.items()
    )
    first = tag("div", counts[0] if counts else "no projects")
    rest = tag("div", ", ".join(counts[1:]), class_="p-mute", style="font-size:.8rem")
    return tag("div", first, rest, title=every)


def _accepted_html(version: Version) -> Html:
    total = sum(version.findings.values())
    every = ", ".join(f"{code.replace('_', ' ')}: {count}" for code, count in version.findings.items())
    return tag("div", counted(total, "warning") if total else "none", title=every or None, class_="p-mute")


def _fingerprint_html(version: Version) -> Html:
    form, _, digits = version.fingerprint.partition(":")
    return tag("code", f"{form}:{digits[:_SHORT]}…", title=version.fingerprint, style="font-size:.8rem")
