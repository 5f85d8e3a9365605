"""The life of one item without a browser: every kind, what left the plan, what is unknown, and plans without much."""

import pytest

from tests.pages.conftest import links, words


@pytest.fixture
def item(open_app, sample):
    return lambda table="projects", id_="": open_app(
        sample, "item", table=table, **({"id": id_} if id_ else {})
    )


@pytest.mark.parametrize(
    ("table", "id_", "said", "charts"),
    [
        ("projects", "PRJ-006", "two quarters later than first planned", 2),
        ("outcomes", "OUT-001", "it is at risk and was on course at first", 1),
        ("capabilities", "CAP-016", "it is at level 3 and was at 2 at first", 1),
        ("enablers", "ENB-001", "its go-live is Q4 FY26", 2),
        ("teams", "TEAM-01", "has been in the plan since Q2 FY26.", 0),
        ("kpis", "KPI-002", "Target 45% → 40%", 0),
    ],
)
def test_every_kind_of_item_has_its_life(item, table, id_, said, charts):
    app = item(table, id_)

    assert said in words(app)
    assert len(app.get("vega_lite_chart")) + len(app.get("arrow_vega_lite_chart")) == charts


def test_a_change_is_told_with_its_reason_its_evidence_and_its_decision(item):
    said = words(item("projects", "PRJ-006"))

    assert "because policy data was worse than expected and needs cleaning" in said
    assert "registers?tab=lessons&amp;entry=LES-001" in said
    assert "registers?tab=decisions&amp;entry=DEC-005" in said
    assert "drift?from=FY26-Q3&amp;to=FY26-Q4" in said
    assert "Data platform slips again and claims automation waits" in said


def test_an_item_that_left_the_plan_still_has_its_life_and_no_form(item):
    app = item("projects", "PRJ-030")

    assert "left it with Q1 FY27" in words(app)
    assert "Open the project" not in links(app)
    assert "Open the project" in links(item("projects", "PRJ-006"))


def test_an_unknown_item_and_an_unknown_kind_are_said_with_what_was_asked_for(item):
    assert "None of 6 versions has a project &#x27;PRJ-999&#x27;." in words(item("projects", "PRJ-999"))
    assert "&#x27;tea&#x27; is no kind of item." in words(item("tea"))


def test_without_an_item_one_is_asked_for(item):
    assert "Choose one of 33 projects above" in words(item("projects"))


def test_an_empty_plan_and_one_of_little_are_told_in_words(open_app, empty, small):
    assert "No version of the plan has a project yet" in words(open_app(empty, "item"))
    said = words(open_app(small, "item", table="projects", id="P-1"))
    assert "Depot" in said
    assert "It serves no outcome, neither then nor now." in said
    assert "None so far." in said
