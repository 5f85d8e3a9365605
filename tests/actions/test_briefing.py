"""Briefs: the packs of the sample word for word; edits of the draft's, frozen by sealing, and back from an archive."""

import datetime as dt
import json

import pytest

from planner.actions.brief_editing import rewrite_line, write_notes
from planner.actions.briefing import load_brief
from planner.actions.deciding import Decision, approve, seal_refresh, submit
from planner.actions.opening import open_plan
from planner.actions.refreshing import seal
from planner.actions.restoring import restore_archives
from planner.actions.rolling import open_refresh
from planner.errors import ArchiveUnfit, BriefFrozen, BriefLineStale
from planner.exchange.brief_markdown import brief_markdown
from planner.store.archive import archive_root, newest_manifest
from planner.store.briefs import find_frozen_brief, load_brief_edits
from planner.store.versions import load_version_header
from tests.actions.conftest import NOW
from tests.sample_plans import SHARED

BASE = "FY27-Q3"
ASHA, BO = {"actor": "asha", "now": NOW}, {"actor": "bo", "now": NOW + dt.timedelta(hours=1)}


def sealed_as(db, label):
    seal(db, label, as_of=NOW.date(), author="Ann", note="", accept_findings=True, now=NOW)
    return load_version_header(db, label)


@pytest.mark.parametrize("label", ["FY26-Q3", "FY26-Q4", "FY27-Q1"])
def test_the_packs_of_the_sample_come_out_exactly(db, label):
    file = SHARED / "sample" / f"expected_pack_{label}.md"
    if not file.exists():
        pytest.skip("the packs of the sample are not here")
    shown = load_brief(db, label)
    assert shown.state == "made now"
    assert brief_markdown(shown.brief).encode() == file.read_bytes()


def test_last_quarters_figures_stand_beside_the_new_ones(db):
    before, now = load_brief(db, "FY26-Q4").brief, load_brief(db, "FY27-Q1").brief
    assert [one.before for one in now.numbers] == [one.now for one in before.numbers]
    assert [one.key for one in now.numbers] == [
        "live_cost", "same_work", "finish_move", "flow", "over_capacity", "aligned",
    ]  # fmt: skip


def test_decisions_come_back_in_the_quarter_of_their_second_look(db):
    brief = load_brief(db, "draft").brief
    assert [one.decision_id for one in brief.due_again] == ["DEC-010", "DEC-011"]
    assert [(one.decision_id, one.status) for one in brief.asks] == [("DEC-012", "asked")]


def test_the_first_plan_has_a_brief_that_says_so(db):
    brief = load_brief(db, "FY26-Q2").brief
    assert brief.lead.text.startswith("The first plan: 27 live projects for £48m, six outcomes;")
    assert (brief.baseline, brief.changes, brief.verdict) == ("", (), "")
    assert "There is no plan before" in brief.numbers[1].reason


def test_another_baseline_takes_all_that_was_decided_and_learnt_since(db):
    brief = load_brief(db, "FY27-Q3", "FY26-Q4").brief
    assert [one.decision_id for one in brief.asks] == [
        "DEC-012", "DEC-007", "DEC-008", "DEC-009", "DEC-010", "DEC-011",
    ]  # fmt: skip
    assert [one.lesson_id for one in brief.learnt] == ["LES-002", "LES-003", "LES-004", "LES-005"]


def test_a_rewritten_sentence_a_left_out_one_and_notes_are_frozen_by_the_sealing(db):
    lead = load_brief(db, "draft").brief.lead
    rewrite_line(db, BASE, lead, "A quiet quarter.", seen=0, **ASHA)
    write_notes(db, BASE, "Thanks to the claims teams.\n\nNext: the\nsecond squad.", seen=0, **ASHA)
    version = sealed_as(db, "FY27-Q4")

    shown = load_brief(db, "FY27-Q4")
    assert shown.state == "frozen"
    assert (shown.brief.lead.text, shown.brief.lead.generated) == ("A quiet quarter.", lead.generated)
    assert shown.brief.notes == ("Thanks to the claims teams.", "Next: the second squad.")
    assert shown.brief.footer[0].startswith(
        "FY27-Q4, revision 1, against FY27-Q3; baselined on 15 January 2027"
    )
    assert find_frozen_brief(db, version.number) == json.loads(json.dumps(shown.brief.as_document()))
    assert load_brief(db, "FY27-Q4", "FY27-Q2").state == "made now"
    next_lead = load_brief(db, "draft").brief.lead
    assert not next_lead.is_edited
    with pytest.raises(BriefFrozen, match="frozen when FY27-Q4 was sealed"):
        rewrite_line(db, BASE, lead, "Too late.", seen=0, **ASHA)


def test_a_stale_edit_is_refused_with_both_values_and_a_repeated_one_is_done(db):
    lead = load_brief(db, "draft").brief.lead
    first = rewrite_line(db, BASE, lead, "A quiet quarter.", seen=0, **ASHA)
    assert rewrite_line(db, BASE, lead, " A quiet  quarter. ", seen=0, **BO) == first
    with pytest.raises(BriefLineStale) as refused:
        rewrite_line(db, BASE, lead, "Nothing happened.", seen=0, **BO)
    assert "asha" in refused.value.headline
    assert "'A quiet quarter.'" in refused.value.headline
    assert "'Nothing happened.'" in refused.value.remedy
    rewrite_line(db, BASE, lead, None, seen=first.number, **BO)
    assert load_brief(db, "draft").brief.lead == lead
    assert [edit.said for edit in load_brief_edits(db, BASE)] == ["A quiet quarter.", None]


def test_who_approved_stands_at_the_foot(db):
    open_refresh(db, "FY27-Q4", **ASHA)
    submit(db, **ASHA)
    approve(db, Decision("The Board", "Approved"), **ASHA)
    seal_refresh(db, as_of=NOW.date(), author="Ann", note="", accept_findings=True, now=NOW)
    assert load_brief(db, "FY27-Q4").brief.footer[0].endswith("by Ann; approved by The Board (DEC-013)")


def test_a_frozen_brief_comes_back_from_the_archive(db, tmp_path):
    rewrite_line(db, BASE, load_brief(db, "draft").brief.lead, "A quiet quarter.", seen=0, **ASHA)
    sealed_as(db, "FY27-Q4")
    before = load_brief(db, "FY27-Q4")
    path = tmp_path / "elsewhere" / "new.duckdb"
    restore_archives(path, archive_root(db.path), now=NOW, progress=lambda _said, _share: None)

    rebuilt = open_plan(path)
    assert load_brief(rebuilt, "FY27-Q4") == before
    assert load_brief(rebuilt, "FY27-Q3").state == "made now"
    rebuilt.close()


def test_an_archive_whose_brief_does_not_read_is_refused(db, tmp_path):
    sealed_as(db, "FY27-Q4")
    archive = newest_manifest(archive_root(db.path))
    manifest = archive.folder / "manifest.json"
    manifest.write_text(json.dumps({**archive.manifest, "brief": {"title": "Half of it"}}), encoding="utf-8")
    with pytest.raises(ArchiveUnfit, match=r"the brief in its manifest\.json does not read"):
        restore_archives(
            tmp_path / "new.duckdb", archive_root(db.path), now=NOW, progress=lambda _said, _share: None
        )
