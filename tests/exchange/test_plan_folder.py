"""The plan folder both ways: the same plan and fingerprint, and what a folder may hold besides."""

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.errors import FolderUnreadable
from planner.exchange.folder_files import read_files, read_zip, zip_folder
from planner.exchange.manifest import version_of
from planner.exchange.plan_folder import read_plan_folder, write_ledgers, write_plan_folder
from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.model.tables import TABLES
from planner.model.version import DRAFT, SNAPSHOT, Version
from tests.plans import plans

APRIL = Calendar(4)
VERSION = Version(
    label="FY27-Q3",
    kind=SNAPSHOT,
    quarter="FY27-Q3",
    number=6,
    as_of=dt.date(2026, 10, 16),
    sealed_on=dt.datetime(2026, 10, 16, 12, 0, 1, 5, tzinfo=dt.UTC),
    author="Zoë",
    note='"=1"\nsecond line',
    findings={"no_why": 2},
    previous="FY27-Q2",
    chain="c" * 64,
)
PIECES = ["e\u0301", "👩\u200d🚀", "\u202e", "\ufeff", "\u2028", *"=+-@|%';,\"\t "]
NASTY = st.lists(
    st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=("Cs", "Cc"))), max_size=12
).map("".join)
LONG = st.one_of(NASTY, NASTY.map(lambda text: f"{text}\n=1;{text}"))


def project_rows(*rows):
    return ("project_id,name," + "\n".join(rows) + "\n").encode()


@settings(max_examples=30, deadline=None)
@given(plans(tables=tuple(name for name in TABLES if name != "settings")))
def test_a_plan_that_is_written_and_read_is_the_same_plan(plan):
    assume(all(len(name) <= 14 for name in plan["outcomes"]["short_name"].drop_nulls()))
    files = write_plan_folder(plan, version=VERSION)

    read = read_plan_folder(files)

    assert read.problems == ()
    assert Plan.of(read.frames) == plan
    assert Plan.of(read.frames).fingerprint == plan.fingerprint == read.manifest["fingerprint"]
    assert write_plan_folder(Plan.of(read.frames), version=VERSION) == files


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NASTY, LONG, NASTY), min_size=1, max_size=4))
def test_nasty_texts_come_back_to_the_letter(texts):
    frame = pl.DataFrame(
        {
            "project_id": [f"P-{place}" for place in range(len(texts))],
            "name": [f"x{name}" for name, _, _ in texts],
            "why": [why for _, why, _ in texts],
            "sponsor": [sponsor for _, _, sponsor in texts],
        }
    )
    plan = Plan.of({"projects": frame})

    read = read_plan_folder(write_plan_folder(plan, version=VERSION))

    assert read.problems == ()
    assert read.frames["projects"].equals(plan["projects"])


def test_a_row_that_restates_may_repeat_the_key_of_a_ledger():
    ledger = b"kpi_id,quarter,actual_value,recorded_on,restates\nK-1,FY27-Q1,5,2026-07-01,\nK-1,FY27-Q1,6,2026-10-01,"

    refused = read_plan_folder(
        {"projects.csv": b"project_id,name\n", "kpi_actuals.csv": ledger + b"no\n"}, calendar=APRIL
    )
    read = read_plan_folder(
        {"projects.csv": b"project_id,name\n", "ledgers/kpi_actuals.csv": ledger + b"yes\n"}, calendar=APRIL
    )

    assert [(problem.file, problem.line) for problem in refused.problems] == [("kpi_actuals.csv", 3)]
    assert read.problems == ()
    assert read.ledgers["kpi_actuals"]["actual_value"].to_list() == [5.0, 6.0]


def test_every_sample_folder_reads_and_its_ledgers_too(root):
    sample = root / "data" / "sample"
    for folder in sorted(sample.iterdir()):
        if (folder / "projects.csv").is_file():
            read = read_plan_folder(read_files(folder))
            assert read.problems == ()
            assert Plan.of(read.frames).rows["projects"] > 20

    ledgers = read_plan_folder(
        read_files(sample / "ledgers") | {"projects.csv": b"project_id,name\n"}, calendar=APRIL
    )
    assert ledgers.problems == ()
    assert len(ledgers.ledgers) == 13
    again = read_plan_folder(
        write_ledgers(ledgers.ledgers)
        | {"projects.csv": b"project_id,name\n", "manifest.json": b'{"format_version":1,"safe_cells":true}'},
        calendar=APRIL,
    )
    assert again.problems == ()
    assert all(again.ledgers[name].equals(frame) for name, frame in ledgers.ledgers.items())


def test_a_quarter_stands_for_a_day_and_makes_the_precision_a_quarter():
    data = project_rows(
        "start_quarter,end_date,date_precision",
        "P-1,a,FY27-Q1,2026-12-31,",
        "P-2,b,FY27-Q1,FY27-Q2,month",
        "P-3,c,,2026-12-31,",
    )

    projects = read_plan_folder({"projects.csv": data}, calendar=APRIL).frames["projects"]

    assert projects["start_date"].to_list() == [dt.date(2026, 4, 1), dt.date(2026, 4, 1), None]
    assert projects["end_date"].to_list() == [
        dt.date(2026, 12, 31),
        dt.date(2026, 9, 30),
        dt.date(2026, 12, 31),
    ]
    assert projects["date_precision"].to_list() == ["quarter", "month", None]


def test_a_precision_that_follows_from_quarters_is_told_apart_from_one_that_was_given():
    data = project_rows("start_quarter", "P-1,a,FY27-Q1", "P-2,b,")

    read = read_plan_folder({"projects.csv": data}, calendar=APRIL)

    assert read.given["projects"] == ("project_id", "name", "start_date", "date_precision")
    assert read.derived == {"projects": ("date_precision",)}


def test_need_by_and_due_days_take_the_last_day_of_a_quarter():
    files = {
        "projects.csv": b"project_id,name\n",
        "outcomes.csv": b"outcome_id,name,need_by_quarter\nO-1,a,FY27-Q1\n",
        "milestones.csv": b"milestone_id,project_id,name,due_date\nM-1,P-1,a,FY27-Q1\n",
    }

    read = read_plan_folder(files, calendar=APRIL)

    assert read.problems == ()
    assert read.frames["outcomes"]["need_by"].item() == dt.date(2026, 6, 30)
    assert read.frames["milestones"]["due_date"].item() == dt.date(2026, 6, 30)


def test_capital_and_operating_cost_add_up_to_a_cost_that_is_not_given():
    files = {
        "settings.csv": b"key,value\ncurrency,GBP\n",
        "projects.csv": project_rows("capex_gbp,OPEX_GBP", "P-1,a,5,7", "P-2,b,5,", "P-3,c,,"),
    }

    read = read_plan_folder(files)

    assert read.problems == ()
    assert read.frames["projects"]["cost"].to_list() == [12, None, None]
    assert read.frames["projects"]["capex"].to_list() == [5, 5, None]


def test_an_operating_cost_alone_is_not_lost_in_silence():
    read = read_plan_folder({"projects.csv": project_rows("capex,opex", "P-1,a,,7")})

    assert [(problem.line, problem.column, problem.value) for problem in read.problems] == [(2, "opex", "7")]


def test_the_calendar_is_the_folders_own_or_the_one_that_is_given():
    quarter = b"kpi_id,quarter\nK-1,FY27-Q3\n"
    april = b"key,value\nfiscal_year_start_month,4\n"
    plain = {"projects.csv": b"project_id,name\n", "kpi_targets.csv": quarter}

    assert read_plan_folder({**plain, "settings.csv": april}, calendar=Calendar(1)).problems == ()
    assert read_plan_folder(plain, calendar=APRIL).problems == ()
    assert len(read_plan_folder(plain).problems) == 1
    silent = {**plain, "settings.csv": b"key,value\ncurrency,GBP\n"}
    assert len(read_plan_folder(silent, calendar=APRIL).problems) == 1
    assert read_plan_folder(silent, calendar=APRIL, merge=True).problems == ()


def test_a_wrong_month_does_not_make_every_quarter_a_problem():
    files = {
        "settings.csv": b"key,value\nfiscal_year_start_month,April\n",
        "projects.csv": b"project_id,name\n",
        "kpi_targets.csv": b"kpi_id,quarter\nK-1,FY27-Q3\n",
    }

    assert [problem.file for problem in read_plan_folder(files).problems] == ["settings.csv"]


def test_guards_are_taken_away_only_where_the_manifest_says_they_are_there():
    data = project_rows("sponsor", "P-1,a,'=x")
    manifest = {"format_version": 1, "safe_cells": True}

    guarded = read_plan_folder({"projects.csv": data, "manifest.json": json.dumps(manifest).encode()})
    plain = read_plan_folder({"projects.csv": data})

    assert guarded.frames["projects"]["sponsor"].item() == "=x"
    assert plain.frames["projects"]["sponsor"].item() == "'=x"


def test_a_manifest_names_its_version():
    files = write_plan_folder(Plan.of(), version=VERSION)

    read = version_of(read_plan_folder(files).manifest)

    assert read.fingerprint == Plan.of().fingerprint
    assert read == Version(
        **{**{name: getattr(VERSION, name) for name in Version.__slots__}, "fingerprint": read.fingerprint}
    )


def test_a_written_folder_names_every_table_so_that_an_empty_one_comes_back_empty():
    files = write_plan_folder(Plan.of(), version=Version("draft", DRAFT, "2026-Q3", 0))

    assert sorted(files) == sorted([*(f"{name}.csv" for name in TABLES), "manifest.json"])
    assert read_plan_folder(files).given["phasing"] == TABLES["phasing"].names


def test_a_zip_gives_the_files_that_went_in_and_always_the_same_bytes():
    files = write_plan_folder(Plan.of(), version=VERSION) | {"ledgers/risks.csv": b"risk_id\n"}

    assert read_zip(zip_folder(files)) == files
    assert read_zip(zip_folder(files, "FY27-Q3")) == files
    assert zip_folder(files) == zip_folder(dict(reversed(files.items())))


def test_files_that_systems_leave_in_folders_are_not_read(tmp_path):
    for name in (".DS_Store", "Thumbs.db", "README.md"):
        (tmp_path / name).write_bytes(b"\xff")
    (tmp_path / "projects.csv").write_bytes(b"project_id,name\nP-1,a\n")

    files = read_files(tmp_path)

    assert sorted(files) == ["README.md", "projects.csv"]
    assert read_plan_folder(files).problems == ()


def test_a_folder_that_is_none_is_refused_in_words(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    for path in (tmp_path / "nowhere", tmp_path / "file.txt"):
        with pytest.raises(FolderUnreadable, match="cannot be read as a plan folder"):
            read_files(path)


def test_a_zip_may_stand_where_a_folder_is_asked_for(tmp_path):
    (tmp_path / "plan.zip").write_bytes(zip_folder({"projects.csv": b"project_id,name\n"}, "plan"))

    assert read_files(tmp_path / "plan.zip") == {"projects.csv": b"project_id,name\n"}


def test_a_plan_of_ten_thousand_projects_with_its_phasing_is_read():
    rows = 10_000
    quarters = [f"FY{27 + place // 4}-Q{place % 4 + 1}" for place in range(16)]
    phasing = pl.DataFrame({"project_id": [f"P-{n}" for n in range(rows)]}).join(
        pl.DataFrame({"quarter": quarters}), how="cross"
    )
    plan = Plan.of(
        {
            "settings": pl.DataFrame({"key": ["fiscal_year_start_month"], "value": ["4"]}),
            "projects": pl.DataFrame({"project_id": [f"P-{n}" for n in range(rows)], "name": ["=a"] * rows}),
            "phasing": phasing.with_columns(team_id=pl.lit("T-1"), cost=pl.lit(-5)),
        }
    )

    read = read_plan_folder(write_plan_folder(plan, version=VERSION))

    assert read.problems == ()
    assert Plan.of(read.frames) == plan
