"""Killed at any moment of saving, importing or sealing: nothing acknowledged is lost and nothing is half there.

PLANNER_KILLS says how often, over three ways of checkpointing; 30 by default.
"""

import multiprocessing
import os
import random
import signal
import time

import pytest

from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.versions import list_versions
from tests.store.workload import MODES, begin, opened, seal_as, state, work_in_child

KILLS = int(os.environ.get("PLANNER_KILLS", "30"))
LONGEST = 0.15  # seconds of work before the kill: a few rounds of save, import and seal
MOST_SNAPSHOTS = 25  # then a new database, so that verifying stays quick


@pytest.fixture(scope="module")
def processes():
    """Processes that start at once: they are forked from one that has all libraries loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.workload"])
    return context


def killed_run(processes, path, mode, seconds):
    """Let a process work and kill it; everything that it said was done."""
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=work_in_child, args=(path, mode, theirs))
    process.start()
    theirs.close()
    said = [ours.recv()]
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    try:
        while True:
            said.append(ours.recv())
    except EOFError:
        ours.close()
    return said


def last(said, what):
    found = [step[1:] for step in said if step[0] == what]
    return found[-1] if found else None


def check(db, said, before):
    """Compare what is stored with what was acknowledged, and with what was there when the process began."""
    saves, imports = state(load_plan(db, "draft"))
    acknowledged = last(said, "saved") or (before["saves"],)
    assert saves in {acknowledged[0], (acknowledged[0] + 1) % 101}
    acknowledged = last(said, "imported") or (before["imports"],)
    assert imports in {acknowledged[0], acknowledged[0] + 1}
    sealed = {version.label: version.fingerprint for version in list_versions(db) if version.is_sealed}
    promised = before["sealed"] | {step[1]: step[2] for step in said if step[0] == "sealed"}
    assert promised.items() <= sealed.items()
    assert len(sealed) <= len(promised) + 1
    assert verify_snapshots(db) == []
    return {"saves": saves, "imports": imports, "sealed": sealed}


def check_sealing_again(db, sealed):
    """The snapshot sealed last, acknowledged or not, is found done when its sealing is repeated."""
    if sealed and load_plan(db, "draft").fingerprint == list(sealed.values())[-1]:
        version, fresh = seal_as(db, len(sealed))
        assert (version.label, fresh) == (list(sealed)[-1], False)
        return True
    return False


@pytest.mark.parametrize("mode", MODES)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(processes, tmp_path, mode):
    chance = random.Random(f"{mode} {KILLS}")  # noqa: S311  the moments need not be secret
    kills, repeated, done, number = KILLS // len(MODES) + 1, 0, 0, 0
    while done < kills:
        number += 1
        path = tmp_path / f"{number}.duckdb"
        begin(path, mode)
        before = {"saves": 0, "imports": 0, "sealed": {}}
        while done < kills and len(before["sealed"]) < MOST_SNAPSHOTS:
            said = killed_run(processes, path, mode, chance.uniform(0, LONGEST))
            done += 1
            db = opened(path, mode)
            before = check(db, said, before)
            repeated += check_sealing_again(db, before["sealed"])
            db.close()
    print(f"{done} kills, checkpoints {mode}: nothing lost, {repeated} sealings repeated and found done")
