"""Search: what is asked finds what people mean, the likeliest first, whatever was typed."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from planner.model.edit import row_id
from planner.model.tables import TABLES
from planner.rules.search import SEARCHED, SearchIndex, find_hits, fold_texts
from tests.plans import plans
from tests.rules.small_plans import plan, project
from tests.sample_plans import sample_plan

ALL = 1_000
NAMED = [table for table in SEARCHED if "name" in TABLES[table].by_name]


def ids(of_plan, asked, most=ALL):
    return [hit.id for hit in find_hits(SearchIndex.of(of_plan), asked, most).hits]


def projects(**names):
    return plan(projects=[project(row, name=name, why=None, sponsor=None) for row, name in names.items()])


@given(plans(tables=NAMED))
@settings(max_examples=60, deadline=None)
def test_every_item_is_found_by_its_id_and_by_its_full_name(of_plan):
    index = SearchIndex.of(of_plan)
    for table in NAMED:
        for row in of_plan[table].iter_rows(named=True):
            key = row_id(table, [row[TABLES[table].key[0]]])
            for asked in (key, row["name"]):
                found = [(hit.table, hit.id) for hit in find_hits(index, asked, ALL).hits]
                assert (table, key) in found


@given(plans(), st.text(max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_data_and_the_best_are_the_first_of_all(of_plan, asked):
    index = SearchIndex.of(of_plan)
    found = find_hits(index, asked, ALL)
    assert found.count == len(found.hits)
    assert find_hits(index, asked, 2).hits == found.hits[:2]
    assert find_hits(index, f"  {asked.upper()} ", ALL).count >= (
        0 if asked.upper().lower() != asked else found.count
    )


@pytest.mark.parametrize("asked", ["", "  ", "\t\n"])
def test_nothing_asked_finds_nothing(asked):
    assert ids(projects(P1="Anything"), asked) == []


def test_an_id_comes_before_a_name_and_a_name_before_words_in_it():
    of_plan = projects(
        **{
            "P-1": "Anything",
            "P-10": "Something",
            "A1": "P-1",
            "A2": "P-1 comes first",
            "A3": "After P-1",
            "A4": "XP-1X",
        }
    )
    assert ids(of_plan, "p-1") == ["P-1", "A1", "P-10", "A2", "A3", "A4"]


def test_a_word_of_a_name_comes_before_a_part_of_a_word_and_that_before_other_texts():
    rows = [
        project("A", name="Unclaimed", why=None),
        project("B", name="Billing", why="For claims."),
        project("C", name="Open (claims)", why=None),
        project("D", name="Claims", why=None),
    ]
    assert ids(plan(projects=rows), "claim") == ["D", "C", "A", "B"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Vérification des écarts", "verification ECARTS"),
        ("Verification", "vérif"),
        ("Straße", "STRASSE"),
        ("ΠΟΛΙΣ Ω", "πολις"),
        ("Cafe\u0301", "CAFÉ"),
        ("Smørrebrød", "smorrebrod"),
    ],
)
def test_case_and_accents_do_not_matter(name, asked):
    assert ids(projects(P1=name, P2="Other"), asked) == ["P1"]


def test_all_words_have_to_occur_in_any_order_and_in_any_text_of_the_item():
    rows = [
        project("P1", name="Flood desk", why="Storms come more often."),
        project("P2", name="Flood", why=None),
    ]
    assert ids(plan(projects=rows), "desk flood") == ["P1"]
    assert ids(plan(projects=rows), "storm flood") == ["P1"]
    assert ids(plan(projects=rows), "storm flood drought") == []


@pytest.mark.parametrize("asked", [".*", "(", "[a-z]+", "%", "_", "\\", "a|b", "$"])
def test_signs_of_a_pattern_are_letters_like_others(asked):
    assert ids(projects(P1="Plain words", P2=f"with {asked} in it"), asked) == ["P2"]


def test_a_hit_says_where_the_words_stand():
    long = "It begins far away from what is asked and goes on for a while until the regulator is named here."
    rows = [project("P1", name="Fraud", why=long, sponsor="Ben", tags="audit|regulatory")]
    index = SearchIndex.of(plan(projects=rows))
    for asked, field in [("p1", "Id"), ("fra", "Project"), ("regulator is", "Why"), ("audit", "Tags")]:
        assert find_hits(index, asked, 1).hits[0].field == field
    hit = find_hits(index, "regulator named", 1).hits[0]
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith("the regulator is named here.")
    assert find_hits(index, "audit", 1).hits[0].snippet == "audit · regulatory"


def test_a_note_on_a_link_or_a_dependency_is_found_under_the_names_of_its_ends():
    of_plan = plan(
        projects=[project("P1", name="First"), project("P2", name="Then")],
        enablers=[{"enabler_id": "E1", "name": "Platform"}],
        links=[
            {
                "from_type": "project",
                "from_id": "P1",
                "to_type": "enabler",
                "to_id": "E1",
                "link_type": "delivers",
                "rationale": "It is the only way.",
            }
        ],
        dependencies=[
            {
                "predecessor_id": "P1",
                "successor_id": "P2",
                "kind": "finish_to_start",
                "note": "Only after the tests.",
            }
        ],
    )
    found = find_hits(SearchIndex.of(of_plan), "only", ALL).hits
    assert [(hit.name, hit.field, hit.item) for hit in found] == [
        ("First → Then", "Note", ("dependencies", "P1:P2:finish_to_start")),
        ("First → Platform", "Rationale", ("projects", "P1")),
    ]


def test_the_sample_answers_alike_each_time():
    of_plan = sample_plan("FY27-Q3")
    assert ids(of_plan, "claims", 5) == ids(of_plan, "CLAIMS", 5)
    assert ids(of_plan, "prj-001") == ["PRJ-001"]
    assert find_hits(SearchIndex.of(of_plan), "claims", 1).hits[0].name == "Claims"


def test_folding_keeps_what_would_vanish():
    assert fold_texts(["\u0301", " Á  b\n", "¨"]) == ["\u0301", "a b", "¨"]
