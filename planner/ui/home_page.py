"""Home: the plan on a page, with its doors, its state in one sentence, its figures and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from planner.actions.reviewing import gather_served, is_sample, open_decisions
from planner.model.version import DRAFT
from planner.rules.change_groups import count_groups
from planner.rules.change_words import GROUP_WORDS, STATE_WORDS
from planner.rules.sentences import counted, day_text, number_word, percent_text, spoken_quarter
from planner.ui import session
from planner.ui.drift_page_item import item_href
from planner.ui.drift_page_review import (
    dated,
    kept_by,
    review_of,
    standing_of,
    version_before,
    version_to_show,
)
from planner.ui.frame import lead, link_to, page_header, section
from planner.ui.home_page_css import review_css
from planner.ui.home_page_figures import show_figures
from planner.ui.home_page_outcomes import outcomes_table
from planner.ui.home_page_start import start_my_own
from planner.ui.markup import Html, join, strong, tag
from planner.ui.pickers import version_name
from planner.ui.places import place
from planner.ui.plan_settings import show_settings

if TYPE_CHECKING:
    from planner.actions.reviewing import Review, Served, Standing
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.model.version import Version

TITLE = "The plan on a page"
MOST_OUTCOMES = 60
_SENTENCES = 3
_NAMED = 4  # outcomes in the lead sentence; more are counted


class Shown(NamedTuple):
    """The version that Home shows, its plan, the snapshot before it, and all versions."""

    version: Version
    before: Version | None
    plan: Plan
    among: list[Version]

    @property
    def quarter(self) -> Quarter:
        """The quarter of the version."""
        return self.plan.calendar.parse(self.version.quarter)


def choose_shown() -> Shown:
    """The draft where it was changed since the last sealing, else what was sealed last."""
    among = session.versions()
    version = version_to_show(among)
    return Shown(version, version_before(version, among), session.plan_of(version), among)


def show_header(shown: Shown) -> None:
    """Show the title and the doors: edit, review, export."""
    st.html(review_css())
    with page_header(TITLE, _subtitle(shown), share=0.48):  # its doors are many
        if is_sample(shown.plan) and st.button("Start my own plan", type="tertiary"):
            start_my_own()
        if st.button("Settings", icon=":material/settings:", type="tertiary"):
            show_settings()
        if st.button("Edit the plan", type="primary", icon=":material/edit:"):
            st.switch_page(place("projects").path)
        if st.button("Review the quarter", icon=":material/compare_arrows:", disabled=shown.before is None):
            st.switch_page(place("drift").path, query_params=_pair(shown))
        if st.button("Export", icon=":material/download:"):
            st.switch_page(place("exchange").path)


def _pair(shown: Shown) -> dict[str, str]:
    return {} if shown.before is None else {"from": shown.before.label, "to": shown.version.label}


def _subtitle(shown: Shown) -> str:
    calendar, version = shown.plan.calendar, shown.version
    last = shown.quarter + (shown.plan.settings.whole("horizon_quarters") - 1)
    span = f"{calendar.spoken(shown.quarter)} to {calendar.spoken(last)}"
    parts = [shown.plan.settings.plan_name]
    if version.is_sealed:
        draft = next(one for one in shown.among if one.kind == DRAFT)
        parts += [
            f"plan for {span}",
            f"sealed {day_text(version.as_of)}",
            f"draft for {_spoken(draft, shown)} unchanged since",
        ]
    elif shown.before is not None:
        parts += [
            f"draft for {span}",
            f"last sealed for {_spoken(shown.before, shown)} on {day_text(shown.before.as_of)}",
        ]
    else:
        parts += [f"draft for {span}", "nothing sealed yet"]
    return " · ".join(parts)


def _spoken(version: Version, shown: Shown) -> str:
    calendar = shown.plan.calendar
    return spoken_quarter(calendar.parse(version.quarter), calendar)


def show_next_steps(shown: Shown) -> None:
    """Say that the plan is empty, and how to fill it."""
    with st.container(border=True):
        name = shown.plan.settings.plan_name
        st.html(tag("p", f"{name} is empty: it has no outcome and no project yet.", class_="p-empty"))
        with st.container(horizontal=True, gap="medium"):
            link_to("outcomes", "Add the first outcome")
            link_to("projects", "Add the first project")
            link_to("exchange", "Import a plan folder")
            if st.button(
                "Set its name, currency and fiscal year", icon=":material/settings:", type="tertiary"
            ):
                show_settings()


def show_state(shown: Shown) -> None:
    """Show how the outcomes stand in one sentence, and the decision that waits, if one does."""
    standing = standing_of(shown.version, shown.among)
    waiting = open_decisions(session.ledger("decisions"))
    said = _lead(shown, standing, served(shown))
    if not waiting:
        lead(said)
        return
    left, right = st.columns([0.6, 0.4], gap="large", vertical_alignment="center")
    with left:
        lead(said)
    first = waiting[0]
    asked = [
        f"Decision asked of {first['owner'] or 'the leaders'}",
        first["decision_id"],
        day_text(first["asked_on"]),
    ]
    more = f" {counted(len(waiting) - 1, 'more question')} waits." if len(waiting) > 1 else ""
    with right.container(border=True):
        st.html(
            tag("p", " · ".join(part for part in asked if part), class_="p-note")
            + tag("p", first["question"] or "", class_="p-ask")
            + tag("p", f"Choices: {', '.join((first['options'] or '').split('|'))}.{more}", class_="p-note")
        )


@st.cache_resource(max_entries=24, show_spinner=False)
def _served(state: str, length: int, _version: Version) -> list[Served]:
    del state, length
    return gather_served(dated(_version), session.ledger("kpi_actuals"))


def served(shown: Shown) -> list[Served]:
    """Each outcome with its measures and who carries it."""
    return _served(kept_by(shown.version), session.ledger("kpi_actuals").height, shown.version)


def _lead(shown: Shown, standing: Standing, outcomes: list[Served]) -> Html:
    statuses = [standing.statuses.get(one.key, "grey") for one in outcomes]
    total = len(outcomes)
    if not total:
        live = counted(standing.counts["live"], "live project")
        return join((f"No outcome is in the plan yet, so nothing says what its {live} are for.",))
    good = statuses.count("green")
    parts: list[Html] = []
    for status, word in STATE_WORDS.items():
        names = [one.short_name for one, found in zip(outcomes, statuses, strict=True) if found == status]
        if names:
            every = "all of them" if len(names) == total and total > 1 else number_word(len(names))
            who = _listed(names) if len(names) <= _NAMED else every
            parts.append(join((who, " are " if len(names) > 1 else " is ", strong(word))))
    if grey := statuses.count("grey"):
        parts.append(join((f"for {number_word(grey)} it is too early to tell",)))
    first = _on_course(good, total)
    said = join((first, "; " if parts else "", join(parts, ", "), "."))
    moved = standing.figures.money_moved.value
    if moved is None or shown.before is None:
        return said
    since = _spoken(shown.before, shown)
    return join((said, f" Since {since}, ", strong(percent_text(moved)), " of the near money moved."))


def _on_course(good: int, total: int) -> str:
    outcomes = counted(total, "outcome", words=True)
    if good == total:
        return f"All {outcomes} are on course" if total > 1 else "The one outcome is on course"
    if not good:
        return f"None of {outcomes} is on course" if total > 1 else "The one outcome is not on course"
    return f"{number_word(good).capitalize()} of {outcomes} {'is' if good == 1 else 'are'} on course"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def show_numbers(shown: Shown) -> None:
    """Show the figures with those of the quarter before, and their course over the snapshots."""
    show_figures(shown.version, shown.before, shown.among, shown.plan.settings.currency)


def show_outcomes(shown: Shown) -> None:
    """Show each outcome, how it stands and who carries it in which year."""
    outcomes = served(shown)
    if not outcomes:
        return
    title = counted(len(outcomes), "outcome", words=True)
    section(
        f"{title[0].upper()}{title[1:]}, and the projects that carry {'it' if len(outcomes) == 1 else 'them'}",
        "A live project stands in the fiscal year it finishes. Dotted: it serves this outcome too, but mainly another.",
    )
    standing = standing_of(shown.version, shown.among)
    horizon = shown.plan.settings.whole("horizon_quarters")
    st.html(
        outcomes_table(
            outcomes[:MOST_OUTCOMES],
            standing.statuses,
            shown.plan.calendar,
            (shown.quarter, horizon),
            shown.plan.settings.currency,
        )
    )
    if len(outcomes) > MOST_OUTCOMES:
        st.html(
            tag(
                "p",
                f"{len(outcomes) - MOST_OUTCOMES:,} more outcomes stand on the timeline.",
                class_="p-note",
            )
        )


def show_changes(shown: Shown) -> None:
    """Show what changed since the snapshot before: counts that lead to the drift page, and the largest moves."""
    if shown.before is None:
        return
    review = review_of(shown.before, shown.version, shown.among)
    since = version_name(shown.before, shown.plan.calendar)
    if review.comparison.drift.is_empty:
        section("What changed", f"Nothing, since {since}.")
        _show_way_to_trend(shown)
        return
    section(
        f"What changed since {_spoken(shown.before, shown)}",
        "Each count leads to its changes, with their reasons.",
    )
    with st.container(horizontal=True, gap="small", key="counts"):
        for group, count in count_groups(review.events).items():
            link_to("drift", f"{GROUP_WORDS[group]} {count:,}", icon=None, **_pair(shown), kind=group)
        fields = len(review.changes) - len(review.events)
        if fields:
            link_to("drift", f"Other fields {fields:,}", icon=None, **_pair(shown), kind="other", all="1")
    _show_sentences(review, shown)
    with st.container(horizontal=True, gap="medium"):
        link_to("brief", "Read the brief of the quarter", **_pair(shown))
        _show_way_to_trend(shown)


def _show_way_to_trend(shown: Shown) -> None:
    """Lead to how the plan moved before this quarter, once two snapshots can tell."""
    if sum(version.is_sealed for version in shown.among) > 1:
        link_to("trend", "See how it moved over all snapshots")


def _show_sentences(review: Review, shown: Shown) -> None:
    """Show the largest changes, each name leading to its changes with their reasons and evidence."""
    told = review.sentences(_SENTENCES)
    if not told:
        return
    columns = st.columns(_SENTENCES, gap="large")
    for column, sentence in zip(columns, told, strict=False):
        pair = _pair(shown)
        href = item_href(pair["from"], pair["to"], sentence.item)
        name = tag("a", strong(sentence.name), href=href, target="_self", class_="p-link")
        column.html(tag("p", name, " ", sentence.tail, class_="p-story"))
