"""`planner drift` against the sample's independent oracle, and its three forms."""

import csv
import io
import itertools
import json
from pathlib import Path

import pytest

ORACLE = Path(__file__).parents[2].parent / "shared" / "sample" / "expected_drift.csv"
REFRESHES = [("FY26-Q2", "FY26-Q3"), ("FY26-Q3", "FY26-Q4"), ("FY26-Q4", "FY27-Q1")]
TABLES = {
    "project": "projects",
    "outcome": "outcomes",
    "kpi": "kpis",
    "capability": "capabilities",
    "enabler": "enablers",
}
COLUMNS = [
    "baseline",
    "current",
    "table",
    "id",
    "name",
    "change",
    "field",
    "before",
    "after",
    "kind",
    "amount",
    "unit",
    "reason_code",
    "reason",
]


@pytest.mark.skipif(not ORACLE.is_file(), reason="the oracle is not beside the project")
@pytest.mark.parametrize(("baseline", "current"), REFRESHES)
def test_a_refresh_of_the_sample_has_the_expected_events_no_more_and_no_fewer(
    planner, sample, baseline, current
):
    with ORACLE.open(encoding="utf-8", newline="") as lines:
        # The oracle writes 0 where a kind has no size; the planner leaves the amount empty.
        expected = sorted(
            (TABLES[row["entity_type"]], row["entity_id"], row["drift_kind"], float(row["amount"] or 0))
            for row in csv.DictReader(lines)
            if (row["from_snapshot"], row["to_snapshot"]) == (baseline, current)
        )

    done = planner("drift", baseline, current, "--format", "json", "--database", sample)

    changes = json.loads(done.out)["changes"]
    events = [row for row in changes if row["kind"]]
    # The oracle knows the events of items; a team's capacity by quarter has kinds of its own (FORMAT's table).
    items = [row for row in events if row["table"] in TABLES.values()]
    assert sorted((r["table"], r["id"], r["kind"], float(r["amount"] or 0)) for r in items) == expected
    assert {row["kind"] for row in events if row not in items} <= {"capacity_changed"}
    assert [row for row in events if not row["reason_code"]] == []


def test_the_json_document_has_the_promised_keys(planner, sample):
    document = json.loads(
        planner("drift", "FY26-Q2", "FY26-Q3", "--format", "json", "--database", sample).out
    )

    assert list(document) == ["baseline", "current", "summary", "changes"]
    assert document["summary"]["projects"] == {"added": 1, "removed": 0, "changed": 24, "unchanged": 3}
    assert {tuple(row) for row in document["changes"]} == {tuple(COLUMNS)}
    recosted = next(row for row in document["changes"] if (row["id"], row["kind"]) == ("PRJ-001", "recosted"))
    assert (recosted["before"], recosted["after"], recosted["amount"]) == ("2800000", "2944000", 144000)


def test_the_csv_has_the_same_rows_in_order_and_always_the_same_bytes(planner, sample, tmp_path):
    files = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for file in files:
        words = ("--baseline", "FY26-Q2", "--version", "FY26-Q3", "-o", file)
        assert planner("export", "drift", *words, "--database", sample).status == 0

    data = files[0].read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert data == files[1].read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert list(rows[0]) == COLUMNS
    order = [(row["table"], row["id"], row["field"], row["kind"]) for row in rows]
    assert order == sorted(order)


def test_the_text_groups_changes_by_table_and_item(planner, sample):
    done = planner("drift", "FY26-Q2", "FY26-Q3", "--database", sample)

    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("FY26-Q2 to FY26-Q3: 99 differences, 8 with a planning meaning")
    item = lines.index("  PRJ-001  Claims platform foundation")
    assert any("cost: 2800000 → 2944000  [recosted +144,000 GBP]" in line for line in lines[item : item + 6])


def test_a_version_does_not_differ_from_itself(planner, sample):
    for name in ("FY27-Q3", "latest", "draft"):
        assert planner("drift", name, name, "--database", sample).out == (
            "{0} to {0}: no difference.\n".format("FY27-Q3" if name == "latest" else name)
        )
    assert planner("drift", "FY27-Q3", "draft", "--database", sample).out.endswith("no difference.\n")


def test_the_way_back_lists_the_same_changes_the_other_way_round(planner, sample):
    there, back = (
        json.loads(planner("drift", *way, "--format", "json", "--database", sample).out)["changes"]
        for way in (("FY26-Q4", "FY27-Q1"), ("FY27-Q1", "FY26-Q4"))
    )
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    cells = [
        (r["table"], r["id"], r["field"], r["before"], r["after"], r["change"])
        for r in there
        if not (r["change"] == "changed" and not r["field"])
    ]
    mirrored = [
        (r["table"], r["id"], r["field"], r["after"], r["before"], turned[r["change"]])
        for r in back
        if not (r["change"] == "changed" and not r["field"])
    ]
    assert sorted(cells) == sorted(mirrored)
    assert list(itertools.islice(cells, 1))
