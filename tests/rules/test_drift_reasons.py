"""Which reason stands on which drift row: the closest one of the latest version that gives one."""

import polars as pl

from planner.rules.drift_reasons import count_reasons_wanted, unexplained, with_reasons


def rows(*triples):
    return pl.DataFrame(
        [("projects", ident, kind, field) for ident, kind, field in triples],
        schema=["table", "id", "kind", "field"],
        orient="row",
    )


def reasons(*given):
    columns = ["place", "id", "kind", "field", "reason_text"]
    frame = pl.DataFrame(given, schema=columns, orient="row")
    return frame.with_columns(
        table=pl.lit("projects"),
        reason_code=pl.lit("delivery"),
        evidence_id=pl.lit(None, pl.String),
        decision_id=pl.lit("DEC-1"),
    )


def test_a_reason_for_the_kind_comes_before_one_for_the_item():
    found = with_reasons(
        rows(("P1", "deferred", "start_date")),
        reasons((1, "P1", "", "", "item"), (1, "P1", "deferred", "", "kind")),
    )
    assert found["reason"].to_list() == ["kind"]
    assert found["decision_id"].to_list() == ["DEC-1"]
    assert found["evidence_id"].to_list() == [""]


def test_an_empty_kind_covers_the_whole_item_and_a_kind_only_itself():
    given = reasons((1, "P1", "", "", "item"), (1, "P2", "deferred", "", "kind"))
    found = with_reasons(rows(("P1", "recosted", "cost"), ("P2", "recosted", "cost")), given)
    assert found["reason"].to_list() == ["item", ""]


def test_the_latest_reason_on_the_way_counts():
    given = reasons((1, "P1", "deferred", "start_date", "early"), (2, "P1", "", "", "late"))
    assert with_reasons(rows(("P1", "deferred", "start_date")), given)["reason"].to_list() == ["late"]


def test_a_row_keeps_its_place_and_a_row_without_a_kind_needs_no_reason():
    given = reasons((1, "P9", "", "", "another item"))
    found = with_reasons(rows(("P2", "recosted", "cost"), ("P1", "", "why")), given)
    assert found["id"].to_list() == ["P2", "P1"]
    assert unexplained(found)["id"].to_list() == ["P2"]


def test_one_reason_given_to_a_team_explains_all_quarters_of_its_capacity_and_one_of_a_quarter_that_quarter():
    quarters = pl.DataFrame(
        [("capacity", f"T1:FY27-Q{number}", "capacity_changed", "fte") for number in (1, 2)],
        schema=["table", "id", "kind", "field"],
        orient="row",
    )
    of_team = reasons((1, "T1", "capacity_changed", "fte", "team"), (1, "T1", "renamed", "", "another"))
    of_quarter = reasons((1, "T1:FY27-Q2", "", "", "quarter")).with_columns(table=pl.lit("capacity"))
    given = pl.concat([of_team.with_columns(table=pl.lit("teams")), of_quarter])
    assert with_reasons(quarters, given)["reason"].to_list() == ["team", "quarter"]
    assert count_reasons_wanted(quarters) == 1
