"""The differing rows of two versions: exactly those that are not in both alike, whichever versions they are."""

import polars as pl
from hypothesis import given, settings

from planner.model.tables import FINGERPRINTED
from planner.store.database import Database
from planner.store.differing import load_differing
from tests.plans import plans
from tests.store.small import cell, fill, frame, save, seal, small_frames


def only_in(left, right):
    """The rows of a frame that another lacks, by all columns; rows are unique by their keys."""
    return left.join(right, on=left.columns, how="anti", nulls_equal=True, maintain_order="left")


def check(db, baseline, current, before, after):
    found = load_differing(db, baseline, current)
    for name in FINGERPRINTED:
        left, right = before[name], after[name]
        expected = only_in(left, right), only_in(right, left)
        if name in found.baseline:
            assert found.baseline[name].equals(expected[0])
            assert found.current[name].equals(expected[1])
        else:
            assert expected[0].is_empty()
            assert expected[1].is_empty()
        assert found.rows[name] == (left.height, right.height)
    return found


@settings(max_examples=6, deadline=None)
@given(first=plans(), second=plans())
def test_they_are_the_rows_that_one_side_lacks(first, second):
    db = Database.in_memory()
    fill(db, first.frames)
    seal(db, "FY27-Q1")
    fill(db, second.frames)
    check(db, "FY27-Q1", "draft", first, second)
    check(db, "draft", "FY27-Q1", second, first)
    seal(db, "FY27-Q2")
    check(db, "FY27-Q1", "latest", first, second)
    check(db, "FY27-Q2", "FY27-Q2", second, second)
    db.close()


def test_tables_of_equal_digests_are_not_read(db):
    fill(db)
    seal(db, "FY27-Q4")
    save(db, cell("P-1", "cost", 10, 11))
    seal(db, "FY28-Q1")
    found = load_differing(db, "FY27-Q4", "FY28-Q1")
    assert set(found.baseline) == set(found.current) == {"projects"}
    assert found.current["projects"]["cost"].to_list() == [11]
    assert found.settings.currency == "GBP"


def test_the_ranks_of_all_projects_come_with_them(db):
    fill(db, {"projects": small_frames()["projects"].with_columns(priority_rank=pl.int_range(1, 4))})
    seal(db, "2027-Q1")
    save(db, cell("P-1", "priority_rank", 1, 9))
    ranked = load_differing(db, "latest", "draft").ranked
    assert ranked.columns == ["project_id", "status", "priority_rank", "name"]
    assert dict(ranked.select("project_id", "priority_rank").iter_rows()) == {"007": 3, "P-1": 9, "P-2": 2}


def test_items_whose_links_differ_are_named(db):
    fill(db)
    seal(db)
    link = {
        "from_type": "enabler",
        "from_id": "E-1",
        "to_type": "capability",
        "to_id": "C-1",
        "link_type": "supports",
    }
    fill(db, {"links": frame("links", link)})
    named = load_differing(db, "latest", "draft").named
    assert named["enablers"].rows() == [("E-1", "Platform")]
    assert ("P-1", "One") in named["projects"].rows()


def reason(text):
    return {
        "reasons": frame(
            "reasons", {"table": "projects", "id": "P-1", "kind": "", "field": "", "reason_text": text}
        )
    }


def test_reasons_are_those_of_the_versions_on_the_way_the_latest_last(db):
    fill(db)
    for label, text in (("FY27-Q4", "one"), ("FY28-Q1", "two"), ("FY28-Q2", "three")):
        fill(db, reason(text))
        seal(db, label)
    fill(db, reason("four"))

    def on_the_way(baseline, current):
        found = load_differing(db, baseline, current).reasons
        return list(zip(found["place"], found["reason_text"], strict=True))

    assert on_the_way("FY27-Q4", "FY28-Q2") == [(2, "two"), (3, "three")]
    assert on_the_way("FY28-Q1", "draft") == [(3, "three"), (4, "four")]
    assert on_the_way("draft", "FY28-Q1") == on_the_way("FY28-Q1", "draft")
    assert on_the_way("FY28-Q1", "FY28-Q1") == on_the_way("draft", "draft") == []
