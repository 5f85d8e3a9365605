"""Real plans of other organisations, read whole, against counts that know nothing of the planner."""

import itertools
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from planner.cli import main
from tests.real.convert import REAL, Counts, Row, count, gmpp_project, kep_project, read_rows, write_folder

GMPP_LABELS = {"2019-09-30": "2019-Q3", "2021-03-31": "2021-Q1", "2022-03-31": "2022-Q1"}


def counts_of_drift(document: dict, known_finishes: int) -> Counts:
    """Read the same counts off `planner drift --format json`."""
    summary = document["summary"]["projects"]
    cells = [row for row in document["changes"] if row["table"] == "projects" and row["change"] == "changed"]
    finishes = [(row["before"], row["after"]) for row in cells if row["field"] == "end_date"]
    moved = [(was, now) for was, now in finishes if was and now]
    costs = [
        int(row["after"]) - int(row["before"])
        for row in cells
        if row["field"] == "cost" and row["before"] and row["after"]
    ]
    return Counts(
        added=summary["added"],
        removed=summary["removed"],
        later=sum(now > was for was, now in moved),
        earlier=sum(now < was for was, now in moved),
        same=known_finishes - len(moved),
        set=sum(not was for was, _ in finishes),
        cleared=sum(not now for _, now in finishes),
        cost_up=sum(cost for cost in costs if cost > 0),
        cost_down=sum(cost for cost in costs if cost < 0),
    )


def seal_all(database: Path, folders: dict[str, Path], *options: str) -> None:
    assert main(["--database", str(database), "init", "--empty", *options]) == 0
    for label, folder in folders.items():
        assert main(["import", str(folder), "--database", str(database)]) == 0
        assert main(["seal", label, "--accept-findings", "--database", str(database)]) == 0


def compare_by_hand(
    database: Path,
    versions: dict[str, list[Row]],
    pairs: list[tuple[str, str]],
    capsys: pytest.CaptureFixture,
) -> dict[str, int]:
    """Compare each pair, and return the sum of each count, so that a test can say that there was something."""
    sums: dict[str, int] = {}
    for baseline, current in pairs:
        expected = count(versions[baseline], versions[current])
        capsys.readouterr()
        assert main(["drift", baseline, current, "--format", "json", "--database", str(database)]) == 0
        document = json.loads(capsys.readouterr().out)
        known = expected.later + expected.earlier + expected.same
        assert counts_of_drift(document, known) == expected, (baseline, current)
        for name, number in asdict(expected).items():
            sums[name] = sums.get(name, 0) + number
    return sums


LISTED = {"kpi", "heat", "outcome_risk", "npv"}  # rows of single items, which have no reasons of their own


def empty_cells(document: dict, place: str = "") -> list[str]:
    """The paths of the cells of a document that are empty."""
    found = []
    for key, cell in document.items():
        if isinstance(cell, dict) and key not in LISTED:
            found += empty_cells(cell, f"{place}{key}/")
        elif cell is None:
            found.append(f"{place}{key}")
    return found


def measure_all(database: Path, labels: list[str], capsys: pytest.CaptureFixture) -> dict[str, dict]:
    """Measure each version; every empty cell has its reason, and the text is told too."""
    documents = {}
    for label in labels:
        capsys.readouterr()
        words = ["measures", label, "--database", str(database)]
        assert main([*words, "--format", "json"]) == 0
        document = documents[label] = json.loads(capsys.readouterr().out)
        told = {part: document[part] for part in ("per_snapshot", "per_refresh", "further")}
        assert sorted(empty_cells(told)) == sorted(document["empty"])
        assert all(reason.endswith(".") for reason in document["empty"].values())
        assert main(words) == 0
        assert "Traceback" not in capsys.readouterr().out
    return documents


@pytest.mark.skipif(not (REAL / "k8s-keps").is_dir(), reason="the real plans are not beside the project")
def test_twelve_quarters_of_a_real_roadmap_compare_as_a_plain_count_does(tmp_path, capsys):
    versions = {path.name: read_rows(path / "projects.csv") for path in sorted((REAL / "k8s-keps").iterdir())}
    folders = {label: write_folder(tmp_path / label, rows, kep_project) for label, rows in versions.items()}
    labels = list(versions)

    seal_all(tmp_path / "plan.duckdb", folders)

    pairs = [*itertools.pairwise(labels), (labels[0], labels[-1])]
    assert len(pairs) == 12
    sums = compare_by_hand(tmp_path / "plan.duckdb", versions, pairs, capsys)
    assert [name for name, number in sums.items() if not number] == ["cost_up", "cost_down"]
    assert main(["verify", "--database", str(tmp_path / "plan.duckdb")]) == 0
    documents = measure_all(tmp_path / "plan.duckdb", labels, capsys)
    ((_, refresh),) = documents[labels[-1]]["per_refresh"].items()
    assert refresh["churn"]["weighted"] is refresh["verdict"]["label"] is refresh["cost"]["before"] is None
    assert refresh["counts"]["events"] > 0


@pytest.mark.skipif(not (REAL / "uk-gmpp").is_dir(), reason="the real plans are not beside the project")
def test_three_uneven_versions_of_a_real_portfolio_compare_as_a_plain_count_does(tmp_path, capsys):
    versions = {
        label: read_rows(REAL / "uk-gmpp" / day / "projects.csv") for day, label in GMPP_LABELS.items()
    }
    folders = {label: write_folder(tmp_path / label, rows, gmpp_project) for label, rows in versions.items()}
    labels = list(versions)

    seal_all(tmp_path / "plan.duckdb", folders, "--currency", "GBP")

    pairs = [(labels[0], labels[1]), (labels[1], labels[2]), (labels[0], labels[2])]
    sums = compare_by_hand(tmp_path / "plan.duckdb", versions, pairs, capsys)
    assert [name for name, number in sums.items() if not number] == []
    documents = measure_all(tmp_path / "plan.duckdb", labels, capsys)
    name, refresh = next(iter(documents["2022-Q1"]["per_refresh"].items()))
    steps = sum(refresh["cost"][step] for step in ("like_for_like", "added", "removed"))
    more = documents["2022-Q1"]["further"]["per_refresh"][name]["cost"]
    assert refresh["cost"]["before"] + steps + more["appeared"] + more["vanished"] == refresh["cost"]["after"]
    assert more["up"] > 0 > more["down"]
