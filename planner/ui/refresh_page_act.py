"""What can be done with the open refresh now: who must do what, and the forms of its next steps; no list, no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.deciding import Decision, approve, return_to_draft, seal_refresh, submit, withdraw
from planner.errors import PlanChanged
from planner.model.finding import WARNING
from planner.model.refresh import APPROVED, DRAFTING, IN_REVIEW
from planner.model.version import DRAFT
from planner.rules.checks import count_by_code
from planner.rules.sentences import counted, number_word, percent_text
from planner.ui import desk, session
from planner.ui.edit_words import edits_word
from planner.ui.frame import link_to, section
from planner.ui.late_press import late_press, press_key
from planner.ui.markup import md, tag
from planner.ui.news import news_of
from planner.ui.refresh_page_state import NEWS, questions, take

if TYPE_CHECKING:
    from planner.actions.checklist import Checklist

_SUBMIT = "refresh submit"
_SHORT = 60
_NAMED = 3  # big moves that the tick names


def show_act(checklist: Checklist) -> None:
    """Draw who must do what now, and the forms with which it is done."""
    state = checklist.refresh.state
    with st.container(border=True):
        if state == DRAFTING:
            _show_submit(checklist)
        elif state == IN_REVIEW:
            _show_review(checklist)
        elif state == APPROVED:
            _show_seal(checklist)
    if state in {DRAFTING, IN_REVIEW}:
        _offer_withdrawal(checklist)


def tell_late_submit(number: int) -> None:
    """Refuse to submit a draft that was saved since its checklist was drawn; what was typed to the reviewers stays."""
    seen = late_press(_SUBMIT, number)
    if seen is not None:
        news_of(NEWS).refuse(PlanChanged(seen, number))


def _turn(checklist: Checklist) -> str:
    """What the widgets of a step belong to: a second click finds nothing to press."""
    return f"{checklist.refresh.number} {len(checklist.refresh.steps)}"


def _show_submit(checklist: Checklist) -> None:
    section("Now: the architects", "Edit the plan, say why, tick what started or finished. Then submit it.")
    bare = len(checklist.unexplained)
    if checklist.errors:
        said = (
            f"{counted(len(checklist.errors), 'error stops', 'errors stop')} the review: see Findings below."
        )
        st.html(tag("p", said, class_="p-note p-worse", role="alert"))
    elif bare:
        lack = "One change has" if bare == 1 else f"{number_word(bare).capitalize()} changes have"
        st.html(tag("p", f"{lack} no reason yet; without it nothing is approved.", class_="p-note p-worse"))
    waiting = len(desk.unsaved())
    if waiting:
        st.html(tag("p", f"You have {edits_word(waiting)}, which nobody would see.", class_="p-note p-worse"))
    turn = _turn(checklist)
    with st.form(f"submit {turn}", border=False):
        comment = st.text_area(
            "To those who review", key=f"to review {turn}", height=80, placeholder=_TO_REVIEW
        )
        if st.form_submit_button(
            "Submit for review",
            type="primary",
            icon=":material/send:",
            disabled=bool(checklist.errors),
            key=press_key(_SUBMIT, checklist.number),
        ):
            label = checklist.refresh.label
            take(
                lambda: submit(
                    session.database(),
                    actor=session.actor(),
                    now=session.now(),
                    comment=comment,
                    checked=checklist.number,
                ),
                f"{label} is submitted. Its content is frozen until it is returned.",
            )


_TO_REVIEW = "What changed, and what you ask of them"


def _show_review(checklist: Checklist) -> None:
    section("Now: the leaders", "Approve it by a decision, or return it with what is to be mended.")
    link_to("brief", "Read the brief", to=DRAFT)
    bare = len(checklist.unexplained)
    if bare:
        lack = "One change lacks" if bare == 1 else f"{number_word(bare).capitalize()} changes lack"
        st.html(
            tag(
                "p",
                f"{lack} a reason, so it cannot be approved. Return it.",
                class_="p-note p-worse",
                role="alert",
            )
        )
    turn = _turn(checklist)
    ways = ["Approve", "Return"]
    way = st.segmented_control(
        "What do you decide?",
        ways,
        default=ways[1] if bare else ways[0],
        required=True,
        key=f"way {turn}",
        label_visibility="collapsed",
    )
    if way == "Return":
        _show_return(checklist, turn)
    else:
        _show_approve(checklist, turn)


def _show_return(checklist: Checklist, turn: str) -> None:
    with st.form(f"return {turn}", border=False):
        comment = st.text_area("What is to be mended", key=f"to mend {turn}", height=80)
        if st.form_submit_button("Return to draft", icon=":material/undo:", key=f"press return {turn}"):
            take(
                lambda: return_to_draft(
                    session.database(), actor=session.actor(), now=session.now(), comment=comment
                ),
                f"{checklist.refresh.label} is back in draft with your comment.",
            )


def _show_approve(checklist: Checklist, turn: str) -> None:
    asked = questions()
    with st.form(f"approve {turn}", border=False):
        by = st.text_input("Decided by", key=f"by {turn}", placeholder="Who decided: a name or a board")
        text = st.text_input("Decision", "Approved as submitted", key=f"decision {turn}")
        why = st.text_area("Because", key=f"because {turn}", height=68, placeholder="Why, in a sentence")
        answers = st.selectbox(
            "It answers",
            ["", *asked],
            format_func=lambda key: _question(key, asked[key]) if key else "No question that was asked",
            key=f"answers {turn}",
        )
        accepted = checklist.lacks_evidence and st.checkbox(
            md(_acceptance(checklist)), key=f"evidence {turn}"
        )
        if st.form_submit_button(
            "Approve", type="primary", icon=":material/task_alt:", key=f"press approve {turn}"
        ):
            take(
                lambda: approve(
                    session.database(),
                    Decision(by, text, why, answers or ""),
                    actor=session.actor(),
                    now=session.now(),
                    accept_missing_evidence=accepted,
                ),
                f"{checklist.refresh.label} is approved; the decision is written down. It can be sealed now.",
            )


def _question(key: str, text: str) -> str:
    return f"{key}: {text if len(text) <= _SHORT else text[: _SHORT - 1] + '…'}"


def _acceptance(checklist: Checklist) -> str:
    """What is accepted by name: big moves without evidence, or a large step of which little has any."""
    moves = checklist.bare_moves
    if not moves:
        share = percent_text(checklist.evidence_share)
        return f"The step is large, and {share} of the money that moved cites evidence; approved without evidence"
    names = ", ".join(move.name for move in moves[:_NAMED])
    more = f" and {len(moves) - _NAMED} more" if len(moves) > _NAMED else ""
    many = counted(len(moves), "big move cites", "big moves cite")
    return f"{many} no evidence ({names}{more}); approved without evidence"


def _show_seal(checklist: Checklist) -> None:
    section(
        "Now: the architects", "Seal it: nobody can change it then, and the draft goes on one quarter later."
    )
    link_to("brief", "Read the brief: sealing freezes it", to=DRAFT, edit="1")
    turn = _turn(checklist)
    warnings = [finding for finding in checklist.findings if finding.severity == WARNING]
    codes = ", ".join(f"{count} {code.replace('_', ' ')}" for code, count in count_by_code(warnings).items())
    with st.form(f"seal {turn}", border=False):
        one, other = st.columns(2)
        as_of = one.date_input("As of", session.today(), key=f"as of {turn}", format="YYYY-MM-DD")
        author = other.text_input("By", session.actor(), key=f"author {turn}")
        note = st.text_input("Note", key=f"note {turn}", placeholder="What this quarter was about")
        said = f"I accept {counted(len(warnings), 'warning')}: {codes}"
        accepted = not warnings or st.checkbox(md(said), key=f"accept {turn}")
        if st.form_submit_button(
            f"Seal {checklist.refresh.label}",
            type="primary",
            icon=":material/lock:",
            key=f"press seal {turn}",
        ):
            take(
                lambda: seal_refresh(
                    session.database(),
                    as_of=as_of,
                    author=author.strip() or session.actor(),
                    note=note.strip(),
                    accept_findings=accepted,
                    now=session.now(),
                ),
                f"Sealed {checklist.refresh.label}. The refresh is over.",
            )


def _offer_withdrawal(checklist: Checklist) -> None:
    turn = _turn(checklist)
    with st.expander("Withdraw this refresh"), st.form(f"withdraw {turn}", border=False):
        st.html(tag("p", "It ends without a sealing. What was edited stays in the draft.", class_="p-note"))
        comment = st.text_input("Why", key=f"why withdraw {turn}")
        if st.form_submit_button("Withdraw", icon=":material/cancel:", key=f"press withdraw {turn}"):
            take(
                lambda: withdraw(
                    session.database(), actor=session.actor(), now=session.now(), comment=comment
                ),
                f"The refresh to {checklist.refresh.label} is withdrawn; the draft keeps its edits.",
            )
