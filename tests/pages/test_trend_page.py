"""The trend page without a browser: every view on every plan, the lines in the address, one snapshot, and none."""

import pytest

from planner.actions.opening import open_plan
from planner.cli import main
from tests.pages.conftest import words
from tests.real.convert import REAL, kep_project, read_rows, write_folder

VIEWS = ("moves", "outcomes", "money", "why")


def labels(app):
    return [chooser.label for chooser in (*app.selectbox, *app.multiselect, *app.button_group)]


def charts(app):
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_the_sample_leads_with_the_same_sentence(open_app, sample, view):
    said = words(open_app(sample, "trend", view=view))
    assert "Three of five refreshes were <strong>small and regular</strong>" in said
    assert "eight of 15 live projects finish <strong>later than planned now</strong>" in said
    shown = {
        "moves": "Large, without evidence",
        "outcomes": "What each outcome should bring a year",
        "money": "Projects in each refresh",
        "why": "102 of 102 changes over all refreshes have a reason",
    }
    assert shown[view] in said


def test_money_and_work_tells_what_benefits_brought_and_what_stands_alone_with_their_rows(open_app, sample):
    app = open_app(sample, "trend", view="money")
    assert charts(app)[1::3] == [
        "What benefits brought by what was promised, over the snapshots",
        "Projects and outcomes that stand alone over the snapshots",
    ]
    said = words(app)
    assert "1, 0, 0, 0, 0, 0" in said
    assert "55%, 69%, 79%" in said


def test_each_refresh_leads_to_what_it_changed(open_app, sample):
    said = words(open_app(sample, "trend"))
    assert said.count("./drift?from=") == 5
    assert "./drift?from=FY26-Q4&amp;to=FY27-Q1" in said


def test_lines_chosen_by_name_and_the_outcome_come_from_the_address(open_app, sample):
    app = open_app(sample, "trend", show="chosen", line=["PRJ-018", "PRJ-006", "PRJ-999"], outcome="OUT-003")
    assert app.multiselect(key="line").value == ["PRJ-018"]  # the other serves another outcome, the last none
    assert app.selectbox(key="outcome").value == "OUT-003"
    assert "Core policy replacement: motor" in words(app)


def test_no_line_chosen_is_a_sentence(open_app, sample):
    assert "Choose up to twelve projects by name." in words(open_app(sample, "trend", show="chosen"))


def test_nothing_sealed_is_one_sentence_with_the_next_step(open_app, empty):
    assert "a trend needs snapshots" in words(open_app(empty, "trend"))


def test_one_snapshot_is_one_calm_sentence(open_app, empty, tmp_path):
    seal_quarters(empty, tmp_path, ["2021-Q1"])
    said = words(open_app(empty, "trend"))
    assert "the first one that was sealed" in said
    assert "with 2 live projects" in said


@pytest.mark.parametrize("view", VIEWS)
def test_a_plan_without_money_links_and_reasons_says_why_and_has_no_wrong_word(
    open_app, empty, tmp_path, view
):
    seal_quarters(empty, tmp_path, ["2021-Q1", "2022-Q3"])
    said = words(open_app(empty, "trend", view=view))
    assert "The one refresh has no verdict" in said
    told = {
        "moves": "So refreshes are measured by projects",
        "outcomes": "The plan has no outcomes",
        "money": "The plan has no outcomes, so nothing can lead up to one",
        "why": "No project that a snapshot forecast is finished yet",
    }
    assert told[view] in said
    if view == "money":
        assert "No money is phased by quarter in these plans" in said
        assert "No benefit was promised for a quarter that is over" in said


def seal_quarters(database, folder, quarters):
    for at, quarter in enumerate(quarters):
        projects = f"project_id,name,end_date\nP-1,Depot,202{4 + at}-06-30\nP-2,<b>Shop</b>,2025-06-30\n"
        (folder / quarter).mkdir()
        (folder / quarter / "projects.csv").write_text(projects, encoding="utf-8")
        assert main(["import", str(folder / quarter), "--database", str(database)]) == 0
        assert main(["seal", quarter, "--accept-findings", "--database", str(database)]) == 0


@pytest.mark.skipif(not (REAL / "k8s-keps").is_dir(), reason="the real plans are not beside the project")
def test_twelve_quarters_of_a_real_roadmap_have_limits_and_lines_and_no_money(open_app, empty, tmp_path):
    for path in sorted((REAL / "k8s-keps").iterdir()):
        folder = write_folder(tmp_path / path.name, read_rows(path / "projects.csv"), kep_project)
        assert main(["import", str(folder), "--database", str(empty)]) == 0
        assert main(["seal", path.name, "--accept-findings", "--database", str(empty)]) == 0
    open_plan(empty).close()
    said = words(open_app(empty, "trend"))
    assert "None of 11 refreshes has a verdict" in said
    assert "4% to 29% of those live before" in said
    assert "All lie within their natural limits." in said
    assert "Topology Aware Hints" in said
