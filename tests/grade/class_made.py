"""A class of simulated learners, whose answers are drawn from tests/answers.

`python -m tests.grade.class_made FOLDER derivative 30` writes their notebooks, one folder each.
"""

from __future__ import annotations

import ast
import json
import random
import sys
from functools import cache
from pathlib import Path
from typing import Any

from tests import answers
from tests.grade.notebooks import code, exercise, handed_out, without_truths
from tools.grade import cells

NAMES = ("Ada", "Ben", "Chloé", "Đorđe", "Eva", "Farid", "Grace", "Hana", "Ivo", "Jun")
RIGHT, WRONG = 0.45, 0.45  # the rest is left open


@cache
def _source(chapter: str) -> str:
    path = Path(answers.__file__).with_name(f"{chapter}.py")
    return without_truths(path.read_text(encoding="utf-8"))


@cache
def _tables(chapter: str) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """RIGHT and WRONG: question to the texts of its answers, each with what it is."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for statement in ast.parse(_source(chapter)).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) in (
            "RIGHT",
            "WRONG",
        ):
            assert isinstance(statement.value, ast.Dict)
            table = found[ast.unparse(statement.targets[0])] = {}
            for key, row in zip(statement.value.keys, statement.value.values, strict=True):
                table[ast.literal_eval(key)] = [_entry(item) for item in getattr(row, "elts", ())]
    return found


def _entry(item: ast.expr) -> tuple[str, str]:
    if isinstance(item, ast.Tuple) and len(item.elts) == 2:
        name = item.elts[1]
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            return ast.unparse(item.elts[0]), name.value
    return ast.unparse(item), "correct"


def _helpers(chapter: str) -> str:
    """What answers are made with: all but the tables."""
    kept = [
        ast.unparse(statement)
        for statement in ast.parse(_source(chapter)).body
        if not (
            isinstance(statement, ast.Assign)
            and ast.unparse(statement.targets[0]) in ("RIGHT", "WRONG")
        )
    ]
    return "\n\n".join(kept)


def learner(chapter: str, seed: int, right: float = RIGHT) -> tuple[dict[str, Any], dict[str, str]]:
    """A notebook as it is handed in, and for each question a mistake's or an outcome's name."""
    draw = random.Random(f"{chapter} {seed}")
    asked, tables = exercise(chapter), _tables(chapter)
    nb = handed_out(chapter)
    expected: dict[str, str] = {}
    for cell in list(nb["cells"]):
        if cell["cell_type"] != "code":
            continue
        for check in cells.checks("".join(cell["source"])):
            luck = draw.random()
            if luck > right + WRONG:
                expected[check.question] = "not-attempted"
                continue
            kind = "RIGHT" if luck < right else "WRONG"
            rows = [row for row in tables[kind][check.question] if row[1] != "endless"]
            text, expected[check.question] = draw.choice(rows)
            name = cells.names_in(asked.expressions[check.question])[-1]
            # The learner's cell is the one before the check; a cell of text may stand between.
            place = nb["cells"].index(cell)
            own = next((c for c in nb["cells"][place - 1 :: -1] if c["cell_type"] == "code"), cell)
            own["source"] = "".join(own["source"]) + f"\n{name} = {text}\n"
    nb["cells"].insert(2, code(_helpers(chapter)) | {"id": "helpers-of-one-learner"})
    return nb, expected


def make(folder: Path, chapter: str, learners: int) -> dict[str, dict[str, str]]:
    """Write a class's notebooks; gives what is expected of each learner."""
    expected = {}
    for number in range(learners):
        round_, place = divmod(number, len(NAMES))
        name = f"{NAMES[place]} {'ABC'[round_]}"
        nb, expected[name] = learner(chapter, number)
        path = folder / name / f"{exercise(chapter).name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(nb, ensure_ascii=False), encoding="utf-8")
    return expected


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
