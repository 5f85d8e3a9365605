"""`planner brief`: each form by the file's name, Markdown to standard output, and what it is not written to."""

import re

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


def test_markdown_with_pictures_is_the_same_text_and_shows_the_png_files_beside_it(planner, sample, tmp_path):
    plain, told = tmp_path / "plain.md", tmp_path / "my (review).md"
    planner("brief", "FY27-Q1", "-o", plain, "--database", sample)
    (tmp_path / "my (review)-money.png").write_bytes(b"of an earlier brief")

    assert planner("brief", "FY27-Q1", "-o", told, "--pictures", "--database", sample).status == 0

    lines = told.read_text(encoding="utf-8").splitlines(keepends=True)
    images = [line for line in lines if line.startswith("![")]
    assert "".join(lines).replace("".join(f"{image}\n" for image in images), "") == plain.read_text("utf-8")
    assert [re.search(r"\]\((.*)\)$", image)[1] for image in images] == [
        f"my%20%28review%29-{name}.png" for name in ("money", "finishes", "roadmap")
    ]
    assert images[0].startswith("![Money: £47m became £45.7m. Bridge of the cost of live work")
    for name in ("money", "finishes", "roadmap"):
        assert (tmp_path / f"my (review)-{name}.png").read_bytes().startswith(b"\x89PNG")


def test_pictures_need_a_file_to_stand_beside_and_other_forms_have_theirs_in_any_case(
    planner, sample, tmp_path
):
    nowhere = planner("brief", "FY27-Q1", "--pictures", "--database", sample)
    assert (nowhere.status, nowhere.out) == (2, "")
    assert nowhere.err.splitlines() == [
        "On standard output the pictures have no place.",
        "Name a file with -o; they are written beside it.",
    ]
    page, same, first = tmp_path / "a.html", tmp_path / "b.html", tmp_path / "first.md"
    planner("brief", "FY27-Q1", "-o", page, "--database", sample)
    assert planner("brief", "FY27-Q1", "-o", same, "--pictures", "--database", sample).status == 0
    assert same.read_bytes() == page.read_bytes()
    assert planner("brief", "FY26-Q2", "-o", first, "--pictures", "--database", sample).status == 0
    assert "![" not in first.read_text(encoding="utf-8")
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix in {".html", ".md", ".png"}) == [
        "a.html", "b.html", "first.md",
    ]  # fmt: skip


def test_a_picture_is_not_written_over_the_database(planner, sample):
    named = sample.with_name("review-money.png")
    content = sample.read_bytes()
    sample.rename(named)
    done = planner("brief", "FY27-Q1", "-o", named.with_name("review.md"), "--pictures", "--database", named)
    assert (done.status, named.read_bytes()) == (1, content)
    assert "it is the plan database itself" in done.err
    assert not named.with_name("review.md").exists()
