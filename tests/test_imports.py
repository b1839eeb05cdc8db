"""Which part of the course may import which, and what no question may load."""

import ast
import importlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Who must not import whom, by the beginnings of their names.
_DRAWS = ("utils.style", "utils.stage", "utils.explorers", "utils.contours", "utils.describe")
RULES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "utils.slopes",
            "utils.formulas",
            "utils.functions",
            "utils.surfaces",
            "utils.descent",
            "utils.autograd",
            "utils.numerals",
            "utils.data",
        ),
        (*_DRAWS, "utils.models", "utils.questions", "utils.checks"),
    ),
    "utils.models": (*_DRAWS, "utils.questions", "utils.checks"),
    "utils.questions": _DRAWS,
    "utils.checks": (*_DRAWS, "utils.questions", "utils.models"),
    "utils.bank": (*_DRAWS, "utils.questions", "utils.models", "utils.checks"),
    "utils.examples": (*_DRAWS, "utils.questions", "utils.checks"),
    "utils.stage": ("utils.explorers", "utils.models", "utils.questions", "utils.checks"),
    "utils.clicks": ("utils.stage", "utils.explorers", "utils.models", "utils.questions"),
    "utils.practice": ("utils.stage", "utils.explorers", "utils.models", "utils.questions"),
    "utils.explorers": ("utils.questions", "utils.checks"),
    "utils": ("tools", "tests", "benchmarks"),
}
# What draws or shows, and takes most of a second to load.
HEAVY = ("matplotlib", "anywidget", "ipywidgets", "traitlets")
WITH_TORCH = ("pytorch_autograd", "training_a_network", "project", "many_machines")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted((ROOT / "utils").rglob("*.py"))}


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def imports_of(source: str, module: str, late: bool = False) -> set[str]:
    """The modules that a source imports, those of the course by their own full names.

    late: those imported inside functions as well, which are loaded when they are called. What is
    imported for type checkers alone is left out.
    """
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        match node:
            case ast.Import(names=names):
                found.update(alias.name for alias in names)
            case ast.ImportFrom(module=source, names=names, level=level):
                assert level == 0, f"{module} imports by a relative name"
                full = {f"{source}.{alias.name}" for alias in names}
                found.update(name if name in MODULES else str(source) for name in full)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=otherwise):
                for child in otherwise:
                    visit(child)
                return
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not late:
                return
            case ast.Call(args=[ast.Constant(value=str() as called), *_]) if late:
                if "import_module" in ast.unparse(node.func):
                    found.add(called)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(source))
    return found - {module}


@cache
def arrows(module: str, late: bool = False) -> frozenset[str]:
    return frozenset(imports_of(MODULES[module].read_text("utf-8"), module, late))


def broken(module: str, imported: frozenset[str] | set[str]) -> list[str]:
    """What a module must not import and does."""
    forbidden = [name for part, names in RULES.items() if within(module, part) for name in names]
    return sorted(to for to in imported if any(within(to, name) for name in forbidden))


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module):
    assert not broken(module, arrows(module, late=True))


def test_a_broken_rule_is_seen():
    source = "from utils import slopes, style\ndef late():\n    from utils.stage import Point\n"
    assert imports_of(source, "utils.questions.slope") == {"utils.slopes", "utils.style"}
    for late, count in ((False, 1), (True, 2)):
        assert len(broken("utils.questions.slope", imports_of(source, "", late))) == count
    assert not broken("utils.explorers.slope", imports_of(source, "", late=True))
    assert broken("utils.slopes", {"utils.models.slope", "numpy"}) == ["utils.models.slope"]


# What notebooks imported before their mathematics had a place of its own. Learners keep copies.
OLDER = {
    "utils.surfaces": ["plot_contours"],
    "utils.explorers.drawing": ["explore_drawing"],
    "utils.explorers.start_here": ["error"],
    "utils.explorers.slope": ["TRIP"],
    "utils.explorers.power_rule": ["read_terms", "sum_text"],
    "utils.explorers.minima_and_maxima": ["critical_points"],
    "utils.explorers.pytorch_autograd": ["watch"],
    "utils.explorers.training_a_network": ["rings", "watch"],
    "utils.explorers.many_machines": ["PUBLISHED", "cost"],
}


@pytest.mark.parametrize("module", OLDER)
def test_older_notebooks_find_what_they_import(module):
    for name in OLDER[module]:
        assert getattr(importlib.import_module(module), name) is not None


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A way round that comes back to where it began; empty where there is none."""
    done: set[str] = set()

    def walk(at: str, way: list[str]) -> list[str]:
        if at in way:
            return [*way[way.index(at) :], at]
        if at in done:
            return []
        found = next(filter(None, (walk(to, [*way, at]) for to in sorted(graph.get(at, ())))), [])
        done.add(at)
        return found

    return next(filter(None, (walk(start, []) for start in graph)), [])


def test_no_module_imports_itself_over_others():
    assert circle({"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"b"}}) == ["b", "d", "b"]
    assert not circle({name: set(arrows(name)) for name in MODULES})


def loaded_by(*modules: str) -> set[str]:
    """The modules, by their first names, that a fresh process has after importing these."""
    code = (
        f"import sys\nfor name in {modules!r}:\n    __import__(name)\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


PURE = [
    name
    for name in MODULES
    if any(within(name, part) for part in RULES if set(_DRAWS) <= set(RULES[part]))
]


def test_mathematics_questions_and_checks_load_nothing_that_draws():
    assert len(PURE) > 50 and "utils.questions.slope" in PURE and "utils.checks.desk" in PURE
    torch = [name for name in PURE if name.endswith(WITH_TORCH)]
    others = [name for name in PURE if name not in torch and not name.endswith("__main__")]
    loaded = loaded_by(*others)
    assert not loaded & {*HEAVY, "torch"}
    assert "numpy" in loaded  # so the names are those of modules
    assert not loaded_by(*torch) & set(HEAVY)


def test_what_draws_is_seen_when_it_is_loaded():
    assert loaded_by("utils.stage.widgets") >= set(HEAVY) - {"matplotlib"}


def test_figures_load_a_widget_when_it_is_shown_and_not_before():
    figures = [name for name in MODULES if within(name, "utils.explorers")]
    loaded = loaded_by(*(name for name in figures if not name.endswith(WITH_TORCH)))
    assert "matplotlib" in loaded and not loaded & {*HEAVY, "IPython", "torch"} - {"matplotlib"}
    code = (
        "from utils.explorers.slope import explore_line\n"
        "stage = explore_line()\nprint(stage.set(m=1).sentence, stage.conversation.spec([0, 0]))\n"
        "import sys\nassert not {'ipywidgets', 'anywidget'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
