"""The words of the command line: its exit statuses, its refusals, what it loads, its bugs and broken pipes."""

import os
import subprocess
import sys

import pytest

from planner.cli import build_parser

VERBS = (
    "serve", "init", "import", "seal", "versions", "drift", "measures", "brief", "export", "check", "verify", "backup", "restore",
)  # fmt: skip
HEAVY = ("duckdb", "polars", "pyarrow", "dataframely", "numpy", "streamlit", "altair", "pandas")
HOLD_OPEN = """
import pathlib, sys
from planner.actions.opening import open_plan
db = open_plan(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def run_fresh(code, **environ):
    """Run Python in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


def heavy_after(words):
    """Which heavy libraries are loaded after a command, in a process of its own."""
    code = (
        "import sys\n"
        "from planner.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit: pass\n"
        f"print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = run_fresh(code)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()[1:]


def test_help_loads_no_library():
    assert heavy_after(["--help"]) == []
    assert heavy_after(["seal", "--help"]) == []


def test_versions_loads_the_database_driver_alone(sample):
    assert heavy_after(["versions", "--database", str(sample)]) == ["duckdb"]


def test_every_verb_has_its_help(planner):
    listed = planner("--help").out
    for verb in VERBS:
        assert f"  {verb} " in listed
        done = planner(verb, "--help")
        assert done.status == 0
        assert done.out.startswith(f"usage: planner {verb}")
        assert "--database PATH" in done.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("seel", "FY27-Q4"),
        ("seal",),
        ("drift", "FY26-Q2"),
        ("versions", "--format", "xml"),
        ("measures",),
        ("brief",),
        ("export", "everything"),
        ("init", "--sample", "--empty"),
        ("init", "--empty", "--fiscal-start", "13"),
        ("restore",),
        ("serve", "--port", "http"),
        ("import", "folder", "--mode", "append"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_exits_2(planner, words):
    done = planner(*words)
    assert done.status == 2
    headline, remedy = done.err.splitlines()
    assert headline.startswith("The call is wrong: ")
    assert remedy.startswith("See 'planner")
    assert done.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("drift", "FY26-Q2", "FY99-Q1"),
        ("check", "--version", "FY99-Q1"),
        ("export", "roadmap", "--version", "scenario-1"),
        ("seal", "2026-Q3", "--accept-findings"),
        ("seal", "FY27-Q4.r1", "--accept-findings"),
        ("seal", "FY27-Q4", "--as-of", "16/10/2026", "--accept-findings"),
        ("seal", "FY27-Q4", "--as-of", "20261016", "--accept-findings"),
        ("import", ".", "--reason", "weather:it rained"),
        ("brief", "FY99-Q1"),
        ("brief", "FY27-Q3", "--baseline", "FY99-Q1"),
        ("brief", "FY27-Q3", "-o", "brief.docx"),
        ("brief", "FY27-Q3", "-o", "brief"),
        ("export", "plan"),
        ("export", "links", "--baseline", "FY26-Q2"),
        ("export", "drift", "--version", "FY26-Q2"),
        ("init", "--name", "Mine"),
        ("init", "--empty", "--currency", "pounds", "--database", "{new}"),
    ],
)
def test_a_call_that_names_what_is_not_there_exits_2(planner, sample, words):
    new = sample.with_name("new.duckdb")
    done = planner(
        *(word.format(new=new) for word in words), *([] if "{new}" in words else ["--database", sample])
    )
    assert done.status == 2
    headline, remedy = done.err.splitlines()
    assert headline.endswith(".")
    assert remedy.endswith(".")
    assert not new.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("import", "."),
        ("seal", "FY27-Q4"),
        ("versions",),
        ("drift", "a", "b"),
        ("measures", "a"),
        ("brief", "a"),
        ("export", "roadmap"),
        ("check",),
        ("verify",),
        ("backup", "copy.duckdb"),
    ],
)
def test_a_command_on_a_path_without_a_database_exits_3_and_makes_none(planner, tmp_path, words):
    path = tmp_path / "none.duckdb"
    done = planner(*words, "--database", path)
    assert (done.status, done.out) == (3, "")
    assert done.err.splitlines()[0] == f"There is no plan database at {path}."
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_exits_3(planner, tmp_path):
    for name, content in {"empty.duckdb": b"", "text.duckdb": b"no database at all\n" * 400}.items():
        (tmp_path / name).write_bytes(content)
        done = planner("versions", "--database", tmp_path / name)
        assert done.status == 3
        assert len(done.err.splitlines()) == 2
        assert (tmp_path / name).read_bytes() == content


def test_the_database_is_named_before_or_after_the_verb_or_by_the_environment(planner, sample, monkeypatch):
    before = planner("--database", sample, "versions")
    after = planner("versions", "--database", sample)
    both = planner("--database", "elsewhere.duckdb", "versions", "--database", sample)
    monkeypatch.setenv("PLANNER_DATABASE", str(sample))
    by_environment = planner("versions")
    assert before.status == after.status == both.status == by_environment.status == 0
    assert before.out == after.out == both.out == by_environment.out


def test_while_another_process_holds_the_file_every_command_names_it(planner, small):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(small)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout.readline() == "open\n"
        for words in (("versions",), ("check",), ("verify",), ("restore", str(small))):
            done = planner(*words, "--database", small)
            assert done.status == 3, words
            assert f"process {holder.pid}" in done.err.splitlines()[0]
        holder.stdin.close()
    assert planner("versions", "--database", small).status == 0


def test_a_bug_is_one_plain_line_and_its_traceback_only_for_whoever_asks():
    a_bug = "planner.cli.build_parser = None"
    code = f"import sys, planner.cli; {a_bug}; sys.exit(planner.cli.main())"
    plain, told = run_fresh(code, PLANNER_DEBUG=""), run_fresh(code, PLANNER_DEBUG="1")
    assert plain.returncode == told.returncode == 1
    assert plain.stderr.splitlines() == [
        "This is a fault of the planner (TypeError).",
        "Set PLANNER_DEBUG=1 and run it again to see where.",
    ]
    assert "Traceback" in told.stderr


def test_a_reader_that_has_enough_is_no_failure(sample):
    words = [sys.executable, "-m", "planner", "drift", "FY26-Q2", "FY27-Q3", "--database", str(sample)]
    command = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    command.stdout.close()
    with command:
        assert command.stderr.read() == b""
    assert command.returncode == 0


def test_what_a_terminal_would_obey_is_not_written_to_it(planner, small):
    done = planner("drift", "a\x1b[31m\nb", "draft", "--database", small)
    assert done.status == 2
    assert done.err.splitlines()[0] == "There is no version 'a [31m b' in this plan."


def test_what_is_piped_on_is_utf_8_in_every_locale(small):
    words = [sys.executable, "-m", "planner", "drift", "2026-Q1", "2026-Q2", "--database", str(small)]
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run(words, capture_output=True, check=False, env=environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "cost: 100 → 110" in done.stdout.decode("utf-8")


def test_the_release_is_shown(planner):
    done = planner("--version")
    assert done.status == 0
    assert done.out.startswith("planner ")


def test_the_verbs_are_those_of_the_format():
    (verbs,) = (action for action in build_parser()._actions if action.choices)
    assert tuple(verbs.choices) == VERBS
