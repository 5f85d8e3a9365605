"""Taking a version out: which one, in which form, and the button that builds the file when it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from planner.actions import exporting
from planner.rules.change_words import TABLE_WORDS
from planner.rules.sentences import counted
from planner.ui import address, session
from planner.ui.frame import section
from planner.ui.markup import md, table, tag
from planner.ui.pickers import pick_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from planner.model.version import Version
    from planner.store.database import Database


_MOST_ROWS = 50
_HEIGHT = 420


class Form(NamedTuple):
    """One form in which a version is taken out."""

    name: str
    told: str
    suffix: str
    build: Callable[[Database, str], bytes] | None


FORMS = {
    "plan": Form(
        "Whole plan",
        "Every table as CSV in one zip, with a manifest. It comes back as the same plan, with the same fingerprint.",
        ".zip",
        exporting.export_plan_zip,
    ),
    "roadmap": Form(
        "Roadmap",
        "One row a project: why, dates, quarters, money, lead team, outcomes, and what changed since the snapshot before.",
        "-roadmap.csv",
        exporting.export_roadmap,
    ),
    "phasing": Form(
        "Phasing",
        "Person-days and money by project, quarter and team.",
        "-phasing.csv",
        exporting.export_phasing,
    ),
    "links": Form(
        "Links",
        "What serves what, from projects up to outcomes, with its strength.",
        "-links.csv",
        exporting.export_links,
    ),
    "drift": Form(
        "Drift", "Every difference from an earlier version, with its meaning and its reason.", "", None
    ),
}


def show_export(versions: Sequence[Version]) -> None:
    """Draw the choosers and the button."""
    section("Take out", "Cells are safe to open in a spreadsheet: none of them can start a formula.")
    draft = session.draft()
    calendar = session.plan_of(draft).calendar
    version = pick_version("Version", versions, calendar, key="version", default=draft)
    address.read_one("form", FORMS, "plan")
    key = st.radio("Form", list(FORMS), format_func=lambda key: FORMS[key].name, key="form", horizontal=True)
    address.write("form", *([key] if key != "plan" else []))
    form = FORMS[key]
    st.html(tag("p", form.told, class_="p-note"))
    if form.build is None:
        _show_drift(version, versions)
        return
    build = form.build
    rows = version.rows.get("projects", 0)
    if not rows:
        st.html(
            tag("p", "This version has no project yet: the file holds its headers alone.", class_="p-note")
        )
    _offer(f"{version.label}{form.suffix}", lambda: build(session.database(), version.label))
    _show_contents(key, version)


def _show_drift(version: Version, versions: Sequence[Version]) -> None:
    others = [other for other in versions if other.label != version.label]
    if not others:
        st.html(
            tag("p", "There is no other version to compare it with. Seal the draft first.", class_="p-empty")
        )
        return
    calendar = session.plan_of(version).calendar
    before = session.find_version(exporting.version_before(session.database(), version), others) or others[0]
    baseline = pick_version("Compared with", others, calendar, key="baseline", default=before)
    _offer(
        f"{baseline.label}-to-{version.label}-drift.csv",
        lambda: exporting.export_drift(session.database(), baseline.label, version.label),
    )
    _show_rows(session.comparison(baseline, version).rows)


def _show_contents(key: str, version: Version) -> None:
    """Say what the file holds: the tables of the whole plan, or the columns of one CSV."""
    if key == "plan":
        rows = [
            [f"{name}.csv", TABLE_WORDS.get(name, name), f"{count:,}"] for name, count in version.rows.items()
        ]
        heads = ["File", "Table", "Rows"]
        st.html(
            table(heads, rows, widths=["45%", "35%", "20%"], right=(2,), caption="Files of the plan folder")
        )
        st.html(
            tag("p", "The ledgers lie beside them, and manifest.json names the version.", class_="p-note")
        )
    else:
        state = session.state_of(version)
        _show_rows(_rows(str(session.environment().database), state, version.label, key))


@st.cache_resource(max_entries=12, show_spinner=False)
def _rows(path: str, state: str, label: str, key: str) -> pl.DataFrame:
    """The rows of a CSV of a version, before their cells are made safe."""
    del path, state  # they only say what the rows are of
    if key == "roadmap":
        return exporting.roadmap_frame(session.database(), label)
    version = session.find_version(label)
    assert version is not None  # noqa: S101  it was chosen among those that there are
    return session.plan_of(version)[key]


def _show_rows(rows: pl.DataFrame) -> None:
    """Show the first rows of the file, as they are stored."""
    if rows.is_empty():
        return
    first = f" The first {_MOST_ROWS} are:" if rows.height > _MOST_ROWS else ""
    st.html(tag("p", f"{counted(rows.height, 'row')}, {rows.width} columns.{first}", class_="p-note"))
    st.dataframe(
        rows.head(_MOST_ROWS), hide_index=True, height=_HEIGHT, placeholder="", alt="Rows of the file"
    )


def _offer(file: str, build: Callable[[], bytes]) -> None:
    """Draw the button; the file is built when it is pressed, of the version as it is then."""
    st.download_button(
        md(f"Download {file}"),
        data=build,
        file_name=file,
        mime="application/zip" if file.endswith(".zip") else "text/csv",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="download",
    )
