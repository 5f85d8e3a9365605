"""`planner brief`: each form by the file's name, Markdown to standard output, and what it is not written to."""

import pytest

from tests.sample_plans import SHARED


def test_markdown_goes_to_standard_output_and_to_a_file_alike(planner, sample, tmp_path):
    printed = planner("brief", "FY26-Q4", "--database", sample)
    assert (printed.status, printed.err) == (0, "")
    assert printed.out.startswith("# Quarterly strategy review: Q4 FY26\n")
    file = tmp_path / "brief.MD"
    assert planner("brief", "FY26-Q4", "-o", file, "--database", sample).status == 0
    assert file.read_text(encoding="utf-8") == printed.out
    expected = SHARED / "sample" / "expected_pack_FY26-Q4.md"
    if expected.exists():
        assert file.read_bytes() == expected.read_bytes()


def test_a_baseline_is_named_and_the_draft_and_a_first_plan_have_a_brief_too(planner, sample, empty):
    told = planner("brief", "latest", "--baseline", "FY26-Q4", "--database", sample)
    assert "moved since Q4 FY26" in told.out
    assert "No change" in planner("brief", "draft", "--database", sample).out
    first = planner("brief", "draft", "--database", empty)
    assert "The first plan: no live project yet, no outcome yet; there is nothing before it" in first.out
    assert "This is the first plan." in first.out


@pytest.mark.parametrize(
    ("suffix", "start"), [(".html", b"<!doctype html>"), (".pdf", b"%PDF-"), (".pptx", b"PK\x03\x04")]
)
def test_the_name_of_the_file_says_the_form(planner, sample, tmp_path, suffix, start):
    file = tmp_path / f"brief{suffix}"
    assert planner("brief", "FY27-Q3", "-o", file, "--database", sample).status == 0
    assert file.read_bytes().startswith(start)
    assert len(file.read_bytes()) > 20_000


def test_an_unknown_ending_is_refused_with_the_known_ones_and_the_database_is_not_written_over(
    planner, sample
):
    wrong = planner("brief", "FY27-Q3", "-o", "brief.docx", "--database", sample)
    assert wrong.status == 2
    assert wrong.err.splitlines() == [
        "The name 'brief.docx' ends in '.docx', which is no form of a brief.",
        "End it in .html, .pdf, .md, .pptx.",
    ]
    content = sample.read_bytes()
    named = sample.with_name("plan.md")
    sample.rename(named)
    assert planner("brief", "FY27-Q3", "-o", named, "--database", named).status == 1
    assert named.read_bytes() == content
