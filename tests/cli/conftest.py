"""A runner of the command line in this process, and the sample's database."""

from dataclasses import dataclass

import pytest

from planner.cli import main


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


@pytest.fixture
def planner(capsys):
    """Run one command; wrong calls exit like the program does."""

    def run(*words):
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as stopped:
            status = stopped.code
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return run
