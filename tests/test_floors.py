"""The floors of the house: who may import whom, what stays light, and how long a file may be."""

import ast
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 300
MOST_LINES_OF_A_PAGE = 80

# Each part of the tree, and the parts of ours that it may meet besides itself.
GROUND = {"model", "errors", "settings", "look"}
MAY_MEET = {
    "planner": set(),
    "errors": set(),
    "settings": {"errors"},
    "look": set(),
    "model": {"errors", "settings"},
    "rules": {"model", "errors"},
    "store": GROUND,
    "exchange": GROUND | {"rules"},
    "actions": GROUND | {"rules", "store", "exchange"},
    "charts": GROUND | {"rules"},
    "ui": GROUND | {"rules", "actions", "charts", "store"},
    "api": GROUND | {"rules", "actions", "exchange", "store"},
    "cli": GROUND | {"rules", "actions", "exchange", "store", "charts"},
    "pages": {"ui", "actions", "charts", "model", "errors"},
    "app": {"ui", "api", "actions", "model", "errors", "settings"},
}
# What no part may import but the ones named here.
ONLY = {
    "streamlit": {"ui", "pages", "app"},
    "duckdb": {"store"},
    "adbc_driver_duckdb": {"store"},
    "altair": {"charts"},
    "starlette": {"api", "app"},
    "polars": {"model", "rules", "store", "exchange", "actions", "charts", "api", "cli"},
}
SQL = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ")


@dataclass(frozen=True)
class Module:
    path: Path
    part: str

    @property
    def name(self):
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self):
        return self.path.read_text(encoding="utf-8")


def part_of(inside):
    """The part of the tree that a file of planner/ belongs to; cli_text.py is of cli, like cli.py."""
    first = inside.parts[0].removesuffix(".py")
    if first == "__init__":
        return "planner"
    if first == "__main__":
        return "cli"
    return first.split("_")[0]


def all_modules():
    package = ROOT / "planner"
    for path in sorted(package.rglob("*.py")):
        yield Module(path, part_of(path.relative_to(package)))
    for path in sorted((ROOT / "pages").rglob("*.py")):
        yield Module(path, "pages")
    yield Module(ROOT / "app.py", "app")


MODULES = list(all_modules())
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)


def is_for_types_only(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def nodes_of(tree, *, with_types=True):
    """Every node of a module; without those that only a type checker reads, if asked."""
    for node in ast.iter_child_nodes(tree):
        if with_types or not is_for_types_only(node):
            yield node
            yield from nodes_of(node, with_types=with_types)


def imports_of(module, *, with_types=True):
    """The dotted names that a module imports, wherever in the file."""
    package = module.path.relative_to(ROOT).with_suffix("").parts
    for node in nodes_of(ast.parse(module.text), with_types=with_types):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) + "." if node.level else ""
            yield from (f"{base}{node.module or ''}.{alias.name}".replace("..", ".") for alias in node.names)


def parts_met(module):
    for name in imports_of(module):
        words = name.split(".")
        if words[0] == "planner" and len(words) > 1:
            yield words[1].split("_")[0], name


@each_module
def test_a_module_meets_only_the_floors_below_it(module):
    assert module.part in MAY_MEET, f"{module.part} is on no floor; give it one in MAY_MEET"
    allowed = MAY_MEET[module.part] | {module.part}
    wrong = [name for part, name in parts_met(module) if part in MAY_MEET and part not in allowed]
    assert wrong == []


@each_module
def test_a_library_stays_on_its_floor(module):
    """A page may name the type of a frame that it hands on; it may not work on one."""
    roots = {name.split(".")[0] for name in imports_of(module, with_types=False)}
    wrong = [library for library, floors in ONLY.items() if library in roots and module.part not in floors]
    assert wrong == []


@each_module
def test_sql_is_written_in_the_store_only(module):
    if module.part == "store":
        return
    texts = (node.value for node in ast.walk(ast.parse(module.text)) if isinstance(node, ast.Constant))
    assert [text for text in texts if isinstance(text, str) and text.lstrip().startswith(SQL)] == []


@each_module
def test_a_module_says_what_it_is_and_stays_short(module):
    assert module.text.startswith('"""'), "the first line is the docstring"
    assert ast.get_docstring(ast.parse(module.text))
    most = MOST_LINES_OF_A_PAGE if module.part == "pages" else MOST_LINES
    assert len(module.text.splitlines()) <= most


def test_nothing_in_planner_ui_stands_in_for_another_module():
    """Streamlit puts the folder of its script first on the import path while a page runs."""
    installed = {path.stem for path in Path(sysconfig.get_path("purelib")).iterdir()}
    taken = {Path(m.path).stem for m in MODULES if m.path.parent == ROOT / "planner" / "ui"} - {"__init__"}
    assert taken & (set(sys.stdlib_module_names) | installed) == set()


@pytest.mark.parametrize(
    ("parts", "heavy"),
    [
        (("errors", "settings", "model", "rules"), ("streamlit", "altair", "duckdb", "pandas")),
        (("store", "exchange", "actions", "charts", "cli"), ("streamlit",)),
    ],
)
def test_the_lower_floors_load_nothing_heavy(parts, heavy):
    lower = [m.name.removesuffix(".py").removesuffix("/__init__") for m in MODULES if m.part in parts]
    code = (
        f"import importlib, sys\n"
        f"for name in {lower!r}: importlib.import_module(name.replace('/', '.'))\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_readme_names_one_test_command_and_ci_runs_it():
    """`.ci/run` reads its command from the README, so what is documented is what is checked."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    marked = re.findall(r"^\s*(.*\S)\s+# the test command$", readme, flags=re.MULTILINE)
    assert len(marked) == 1
    assert marked[0].split()[-1] == "pytest"
    assert "# the test command" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
