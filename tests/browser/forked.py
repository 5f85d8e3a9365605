"""A server in a process forked from one with everything loaded; not how a user starts one, which is a command."""

import importlib
import multiprocessing
import os
import pkgutil
import sys
from pathlib import Path

LOADED = "tests.browser.loaded"


def load_everything():
    """Load what a server has loaded after its first pages: two seconds of work, the same for each server."""
    import planner  # noqa: PLC0415

    for name in ("pandas", "pyarrow", "polars", "altair", "duckdb", "streamlit.web.cli"):
        importlib.import_module(name)
    for module in pkgutil.walk_packages(planner.__path__, "planner."):
        if not module.name.endswith((".__main__", ".ui.main")):  # these two run when they are loaded
            importlib.import_module(module.name)


def serve(words, folder, environment, log):
    """Become `streamlit run`, in a folder, with an environment, writing to a log."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(sink, stream)
    sys.argv = ["streamlit", *words]
    from streamlit.web.cli import main  # noqa: PLC0415

    main(words, prog_name="streamlit")


class ForkedServer:
    """A forked server with the few verbs of `subprocess.Popen` that a test needs."""

    def __init__(self, words: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([LOADED])
        self._process = context.Process(target=serve, args=(words, folder, environment, log))
        self._process.start()
        self.terminate, self.kill = self._process.terminate, self._process.kill

    def poll(self) -> int | None:
        """Return its exit status, or None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> bool:
        """Wait for its end, and tell whether it came."""
        self._process.join(seconds)
        return self._process.exitcode is not None
