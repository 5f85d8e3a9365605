"""The sample's database, made once for each run by `planner init` and copied as closed files for each test."""

import shutil
from pathlib import Path

import duckdb
import pytest

from planner.cli import main

LEDGER = "kpi_id,quarter,actual_value,recorded_on\nK-1,2026-Q1,4.5,2026-04-01\n"


def copy_of(made: Path, folder: Path) -> Path:
    """Copy a closed database with its archives into a folder, and give its path there."""
    path = folder / "plan.duckdb"
    shutil.copyfile(made, path)
    shutil.copytree(f"{made}.archive", f"{path}.archive")
    return path


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "plan.duckdb"
    assert main(["init", "--sample", "--database", str(path)]) == 0
    return path


@pytest.fixture
def sample(made_sample, tmp_path):
    """The path of a sample database of the test's own, with its archives."""
    return copy_of(made_sample, tmp_path)


@pytest.fixture(scope="session")
def made_small(tmp_path_factory):
    """Three quarters of a plan of two projects."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "plan.duckdb"
    assert main(["init", "--empty", "--database", str(path)]) == 0
    for quarter, cost in (("2026-Q1", 100), ("2026-Q2", 110), ("2026-Q3", 110)):
        projects = f"project_id,name,cost\nP-1,Depot,{cost}\nP-2,Shop,7\n"
        write_folder(folder / quarter, projects=projects, kpi_actuals=LEDGER)
        assert main(["import", str(folder / quarter), "--database", str(path)]) == 0
        words = ["--accept-findings", "--as-of", "2026-10-16", "--by", "Ann", "--note", quarter]
        assert main(["seal", quarter, *words, "--database", str(path)]) == 0
    return path


@pytest.fixture
def small(made_small, tmp_path):
    """The path of a small database of the test's own, with its archives."""
    return copy_of(made_small, tmp_path)


@pytest.fixture
def empty(tmp_path):
    """The path of a new empty database."""
    path = tmp_path / "empty.duckdb"
    assert main(["init", "--empty", "--database", str(path)]) == 0
    return path


def write_behind_its_back(path: Path, table: str, statement: str) -> None:
    """Change what is sealed as somebody with a database tool could: without the guard."""
    connection = duckdb.connect(str(path))
    connection.execute(f"DROP TRIGGER {table}_no_update ON {table}")
    connection.execute(statement)
    connection.execute("CHECKPOINT")
    connection.close()


def write_folder(folder: Path, **tables: str) -> Path:
    """A plan folder of CSV texts, by table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
