"""The style of the code that no linter reads: one way to write docstrings, and privacy kept.

The rules are functions that return what is wrong with a source; the last tests show that they find
nothing in good code and find each fault that is put into it.
"""

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("utils", "tools", "benchmarks", "tests")
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [ROOT / "course.py", *(p for f in FOLDERS for p in (ROOT / f).rglob("*.py"))]
}

# --- docstrings and comments ---

_SECTION = re.compile(
    r"^\s*(Args|Arguments|Attributes|Examples?|Notes?|Parameters|Raises|Returns|Yields):\s*$", re.M
)
_LONG_RULER = re.compile(r"-{4}|={4}|#{4}")
_ROLE = re.compile(r":[a-z]+:`")


def faults_of_words(source: str) -> list[str]:
    """Sections in docstrings; RST markup and rulers of many dashes in them or in comments."""
    found = []
    for line, text in _docstrings(source):
        if section := _SECTION.search(text):
            found.append(f"line {line}: a section `{section[1]}:`; say it in a sentence")
        found += [f"line {line}: {fault}" for fault in _markup(text)]
    for line, text in _comments(source):
        if _LONG_RULER.search(text):
            found.append(f"line {line}: a long ruler; write `# --- topic ---`")
        found += [f"line {line}: {fault}" for fault in _markup(text)]
    return found


def _markup(text: str) -> Iterator[str]:
    if re.search(r"(?<!`)``(?!`)", text):
        yield "double backticks; one on each side is enough"
    if role := _ROLE.search(text):
        yield f"the role {role[0][:-1]}; single backticks are enough"


def _docstrings(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "lineno", 1), text


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("file", SOURCES)
def test_docstrings_and_comments_speak_one_dialect(file: str) -> None:
    faults = faults_of_words(SOURCES[file])
    assert not faults, "\n".join([file, *faults])


# --- private names ---


def is_private(name: str) -> bool:
    """`_x`; not `_` alone, not `__x__`, not what IPython asks for by its name (`_repr_html_`)."""
    return re.fullmatch(r"_[^_].*", name) is not None and not re.fullmatch(r"_\w+_", name)


def foreign_private_names(sources: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """Where a file uses a private name that is made in others of `sources` only: file, line, name.

    Such a use is an import of it, `thing._x` (where `thing` is not `self` or `cls`), and "_x" in
    `setattr` or `monkeypatch.setattr`.
    """
    trees = {file: ast.parse(source) for file, source in sources.items()}
    makers = defaultdict(set)
    for file, tree in trees.items():
        for name in _made(tree):
            makers[name].add(file)
    for file, tree in trees.items():
        for line, name in _used(tree):
            if is_private(name) and makers[name] and file not in makers[name]:
                yield file, line, name


def _made(tree: ast.AST) -> Iterator[str]:
    """Names of functions and classes, and all that is assigned to."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                yield name


def _used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(names=names):
                for alias in names:
                    yield node.lineno, alias.name
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                pass
            case ast.Attribute(attr=name):
                yield node.lineno, name
            case ast.Call(func=function, args=[_, ast.Constant(value=str() as name), *_]):
                if ast.unparse(function).split(".")[-1] in ("setattr", "getattr", "delattr"):
                    yield node.lineno, name


def told(uses: Iterable[tuple[str, int, str]]) -> str:
    return "\n".join(
        f"{file}:{line}: {name} is private to another file" for file, line, name in uses
    )


def test_private_names_stay_in_their_files() -> None:
    foreign = list(foreign_private_names(SOURCES))
    assert not foreign, told(foreign)


# --- the rules find what they are for ---

GOOD = '''
"""What a file holds: `x` and ```python``` blocks."""
# --- short ---

def f(x):  # a - b -- c
    """Twice `x`. Raises ValueError: never.

    x: where it starts.
    """
'''


def test_good_words_pass() -> None:
    assert faults_of_words(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    x: where it starts.", "    Args:\n        x: where it starts.", "a section `Args:`"),
        ("Twice `x`", "Twice ``x``", "double backticks"),
        ("Twice `x`", "Twice :func:`x`", "the role :func:"),
        ("# a - b", "# ``a`` - b", "double backticks"),
        ("# --- short ---", "# --- long " + "-" * 80, "a long ruler"),
        ("# --- short ---", "# =====", "a long ruler"),
    ],
)
def test_faults_of_words_are_found(old: str, new: str, said: str) -> None:
    (fault,) = faults_of_words(GOOD.replace(old, new))
    assert said in fault


HOME = """
_limit = 3
class _Secret:
    def __init__(self): self._kept = 1
    def _repr_html_(self): return ""
def _f(): return _limit
"""


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from home import _f", ["_f"]),
        ("import home\nhome._f()", ["_f"]),
        ("from home import thing\nthing._kept = 2", ["_kept"]),
        ("from home import thing\nthing.part._kept", ["_kept"]),
        ("def test(patch):\n    patch.setattr(home, '_limit', 4)", ["_limit"]),
        ("import home\nclass A:\n    def f(self): return home._limit", ["_limit"]),
        ("_f = 1\n_f + 1", []),  # its own
        ("class A:\n    def f(self): return self._kept", []),  # its own, or inherited
        ("from other import thing\nthing._theirs", []),  # not made in this house
        ("thing._repr_html_()", []),  # a name that is asked for
        ("for _ in range(3): pass", []),
        ("thing.__init__()", []),
    ],
)
def test_foreign_private_names_are_found(source: str, names: list[str]) -> None:
    found = foreign_private_names({"home.py": HOME, "guest.py": source})
    assert [(file, name) for file, _, name in found] == [("guest.py", name) for name in names]
