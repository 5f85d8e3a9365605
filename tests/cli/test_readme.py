"""The README is true: what it shows of the command line is what the command line says."""

import re


def shown(root):
    """The lines of the README's smallest example, those that it leaves out aside."""
    text = (root / "README.md").read_text(encoding="utf-8")
    block = text.partition("$ planner drift FY27-Q1 FY27-Q2\n")[2].partition("```")[0]
    return [line for line in block.splitlines() if line not in {"", "..."}]


def test_the_smallest_example_is_what_drift_says(planner, sample, root):
    said = planner("drift", "FY27-Q1", "FY27-Q2", "--database", sample).out.splitlines()
    lines = shown(root)
    assert len(lines) == 3
    assert [line for line in lines if line not in said] == []


def test_every_picture_and_page_that_the_readme_names_is_there(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#]+)\)", text)
    assert "data/pictures/drift.png" in named
    assert [path for path in named if not (root / path).exists()] == []


def test_every_command_that_the_readme_lists_is_one(planner, root):
    text = (root / "README.md").read_text(encoding="utf-8")
    table = text.partition("| command | does |")[2].partition("\n\n")[0]
    verbs = set(re.findall(r"`planner ([a-z]+)", table))
    assert verbs == {
        "serve",
        "brief",
        "init",
        "import",
        "export",
        "check",
        "seal",
        "versions",
        "drift",
        "measures",
        "verify",
        "backup",
        "restore",
    }
    assert {verb: planner(verb, "--help").status for verb in sorted(verbs)} == dict.fromkeys(sorted(verbs), 0)
