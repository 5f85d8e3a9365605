"""A plan is a value: settled columns, NFC text, lists without order, rows by key."""

import dataclasses
import datetime as dt

import polars as pl
import pytest

from planner.model.ledgers import LEDGERS
from planner.model.plan import Plan, empty
from planner.model.tables import TABLES


def test_a_table_that_is_not_given_is_empty_and_has_all_its_columns():
    plan = Plan.of()
    assert list(plan) == list(TABLES)
    assert plan["projects"].columns == list(TABLES["projects"].names)
    assert plan["projects"].schema["end_date"] == pl.Date
    assert plan.is_empty


def test_an_unknown_table_or_column_is_a_bug_and_said_so():
    with pytest.raises(KeyError, match="projcts"):
        Plan.of({"projcts": pl.DataFrame()})
    with pytest.raises(ValueError, match="titel"):
        Plan.of({"projects": pl.DataFrame({"project_id": ["P1"], "titel": ["A"]})})


def test_rows_stand_in_the_order_of_their_keys():
    rows = pl.DataFrame({"project_id": ["P2", "P10", "P1"], "name": ["b", "c", "a"]})
    assert Plan.of({"projects": rows})["projects"]["project_id"].to_list() == ["P1", "P10", "P2"]


def test_text_is_nfc_and_empty_text_is_not_known():
    rows = pl.DataFrame({"project_id": ["P1"], "name": ["Cafe\N{COMBINING ACUTE ACCENT}"], "why": [""]})
    project = Plan.of({"projects": rows})["projects"].row(0, named=True)
    assert project["name"] == "Caf\N{LATIN SMALL LETTER E WITH ACUTE}"
    assert project["why"] is None


def test_a_list_has_no_order_and_no_repeats():
    rows = pl.DataFrame({"project_id": ["P1"], "name": ["A"], "deliverables": ["b | a|b||c"]})
    assert Plan.of({"projects": rows})["projects"]["deliverables"].to_list() == ["a|b|c"]


def test_a_blank_kind_of_reason_is_the_empty_text_because_it_is_part_of_the_key():
    rows = pl.DataFrame({"table": ["projects"], "id": ["P1"], "reason_text": ["it rained"]})
    reason = Plan.of({"reasons": rows})["reasons"].row(0, named=True)
    assert (reason["kind"], reason["field"]) == ("", "")


def test_nothing_changes_a_plan_in_place():
    plan = Plan.of()
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.frames = {}
    longer = plan.replaced({"teams": pl.DataFrame({"team_id": ["T1"], "name": ["One"]})})
    assert plan["teams"].height == 0
    assert longer["teams"].height == 1


def test_a_plan_equals_another_of_the_same_rows_in_any_order():
    rows = pl.DataFrame(
        {"project_id": ["P1", "P2"], "name": ["a", "b"], "end_date": [dt.date(2027, 1, 1), None]}
    )
    one, other = Plan.of({"projects": rows}), Plan.of({"projects": rows.reverse()})
    assert one == other
    assert hash(one) == hash(other)


def test_the_settings_are_typed_and_default():
    plan = Plan.of({"settings": pl.DataFrame({"key": ["fiscal_year_start_month"], "value": ["4"]})})
    assert plan.calendar.start_month == 4
    assert plan.settings.zone_edges == (4, 8)
    assert plan.settings.numbers("zone_weights") == (1.0, 0.5, 0.2)


def test_what_follows_from_a_plan_is_worked_out_once():
    asked = []

    def count(plan):
        asked.append(plan)
        return plan["projects"].height

    one, other = Plan.of(), Plan.of()
    assert [one.once(count), one.once(count), other.once(count)] == [0, 0, 0]
    assert len(asked) == 2


@pytest.mark.parametrize("table", [*TABLES.values(), *LEDGERS.values()], ids=lambda table: table.name)
def test_a_table_without_rows_has_its_columns_and_is_a_frame_of_ones_own(table):
    frame = empty(table)
    assert dict(frame.schema) == {column.name: column.polars_type for column in table.columns}
    assert frame is not empty(table)
