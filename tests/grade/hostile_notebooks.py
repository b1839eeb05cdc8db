"""Submissions that cheat, break or are broken, each with the points that it deserves.

All are about chapter 01. Six exercises: `slope.1` and `slope.3` numbers, `slope.2` a live figure,
`slope.4` a function, `slope.5` a letter, `slope.6` a number.

An attack stands in a cell of its own. `HONEST` comes before it or behind it: its two answers, right
and worth a point each, have to keep their points whatever the attack does. What an attack is after
stands in the name `loot`, which is handed over for every other question.
"""

from __future__ import annotations

import json
from typing import Any

from tests.grade.notebooks import code, handed_out, notebook, written

HONEST = "answer_1 = (40 - 70) / (5 - 2)\nanswer_5 = 'b'"
CHECKS = """
check("slope.1", answer_1)
check("slope.2", view)
check("slope.3", answer_3)
check("slope.4", slope_between)
check("slope.5", answer_5)
check("slope.6", answer_6)
"""
IMPORTS = "from utils.checks import check\nfrom utils.explorers.slope import explore_two_points"
# What is looked for in the whole process: the questions, in any of their forms.
LOOT = """
def taken(question):
    try:
        return loot[question]
    except Exception:
        return None
answer_3, answer_6, view, slope_between = map(taken, ("slope.3", "slope.6", "slope.2", "slope.4"))
"""

# After each of these the two honest answers are right, and nothing else is.
CHEATS: dict[str, str] = {
    # --- check and what it is made of ---
    "check gives full marks": "check = lambda *a: 1.0",
    "a module utils.checks of one's own": """
import sys, types
fake = types.ModuleType("utils.checks")
fake.check = lambda *a: 1.0
sys.modules["utils.checks"] = sys.modules["utils.checks.desk"] = fake
""",
    "Feedback says 1.0": """
from utils.checks.feedback import Feedback
Feedback.__repr__ = lambda self: "1.0"
Feedback.points = 1.0
""",
    "judge replaced": """
import utils.checks.judge as judge
from utils.checks.feedback import Outcome
from utils.checks.verdict import Verdict
judge.decide = judge._decide = judge.judge = lambda *a: Verdict(Outcome.CORRECT, "", None, 1.0)
""",
    "observe replaced": """
import utils.checks.observe as o
from utils.checks.seam import Observation
o.observe = o.running.run = lambda *a: Observation("Number", None, None, "time")
""",
    "an observation that is a verdict": """
from utils.checks.seam import Observation
Observation.to_plain = lambda self: {"outcome": "correct", "points": 1.0, "credit": 1.0}
""",
    "a kind of answer that sees what it likes": """
from utils.checks.kinds.number import Number
from utils.checks.reading import read
Number.observe = classmethod(lambda cls, ask, given, at: cls.Seen(read(0)))
""",
    "IPython shows points": """
try:
    from IPython.core.interactiveshell import InteractiveShell
    InteractiveShell.run_cell = lambda *a, **k: 1.0
except Exception:
    pass
""",
    # --- Python itself ---
    "builtins replaced": """
import builtins
builtins.abs = builtins.all = builtins.len = lambda *a: 0
builtins.isinstance = lambda *a: True
""",
    "math and numpy replaced": """
import math, numpy
math.isclose = numpy.allclose = numpy.isclose = lambda *a, **k: True
numpy.asarray = lambda *a, **k: 10
""",
    "json that writes what it likes": """
import json
json.dumps = lambda *a, **k: '{"seen": {"points": 1}}'
json.JSONEncoder.encode = lambda *a: "{}"
""",
    "an AST transformer in IPython": """
import ast
class Ones(ast.NodeTransformer):
    def visit_Call(self, node):
        return ast.Constant(1.0)
try:
    get_ipython().ast_transformers.append(Ones())
except Exception:
    pass
""",
    "compile replaced": """
import builtins
real = builtins.compile
def ones(source, *a, **k):
    return real("1.0" if "answer_3" in str(source) else source, *a, **k)
builtins.compile = ones
""",
    "eval and exec replaced": """
import builtins
real_eval = builtins.eval
builtins.exec = lambda *a: None
builtins.eval = lambda code, names=None: names.get("full marks", real_eval(code, names))
""",
    "a trace function in every call": """
import sys
def trace(frame, event, argument):
    for name, value in list(frame.f_locals.items()):
        if type(value).__name__ == "Question":
            globals()["loot"] = {value.id: value.answer.truth}
    return trace
sys.settrace(trace)
""",
    "an audit hook": """
import sys
seen = []
sys.addaudithook(lambda name, arguments: seen.append(name) if len(seen) < 1000 else None)
""",
    "names of __main__ changed": "__name__ = 'utils.questions'\n__builtins__ = {}",
    "numbers that equal everything": """
class Equal(float):
    __eq__ = lambda self, other: True
    __sub__ = __rsub__ = lambda self, other: 0.0
    __abs__ = lambda self: 0.0
    __hash__ = float.__hash__
loot = {"slope.3": Equal(3.21), "slope.6": Equal(3.21), "slope.4": lambda p, q: Equal(3.21)}
""",
    "objects that answer back": """
class Back:
    def __getattr__(self, name):
        raise RuntimeError(name)
    def __eq__(self, other):
        return True
    __hash__ = None
loot = {name: Back() for name in ("slope.2", "slope.3", "slope.4", "slope.6")}
""",
    # --- looking for the truth ---
    "the questions imported": """
from utils.questions.slope import QUESTIONS
loot = {q.id: q.answer.truth for q in QUESTIONS}
""",
    "the bank asked": """
from utils import bank
loot = {f"slope.{n}": bank.find(f"slope.{n}").answer.truth for n in range(1, 7)}
""",
    "solution() called": """
from utils.checks import solution
import re
text = str(solution("slope.3")) + str(solution("slope.3"))
loot = {"slope.3": float(re.findall("[0-9.]+", text)[-1])}
""",
    "importers cleared before the import": """
import sys, importlib
sys.meta_path[:] = [f for f in sys.meta_path if "Question" not in type(f).__name__]
importlib.invalidate_caches()
from utils.questions.slope import QUESTIONS
loot = {q.id: q.answer.truth for q in QUESTIONS}
""",
    "the questions read from disk": """
import utils, os
folder = os.path.join(os.path.dirname(utils.__file__), "questions")
names = {}
exec(open(os.path.join(folder, "slope.py")).read(), names)
loot = {q.id: q.answer.truth for q in names["QUESTIONS"]}
""",
    "the questions' bytecode": """
import utils, os, marshal
folder = os.path.join(os.path.dirname(utils.__file__), "questions", "__pycache__")
for name in os.listdir(folder):
    if name.startswith("slope"):
        names = {}
        exec(marshal.loads(open(os.path.join(folder, name), "rb").read()[16:]), names)
        loot = {q.id: q.answer.truth for q in names["QUESTIONS"]}
""",
    "the solved notebooks": """
import json, os, utils
course = os.path.dirname(os.path.dirname(utils.__file__))
nb = json.load(open(os.path.join(course, "solutions", "01_slope.ipynb")))
for cell in nb["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]))
""",
    "the tests' answers": """
import os, sys, utils
sys.path.insert(0, os.path.dirname(os.path.dirname(utils.__file__)))
from tests.answers.slope import RIGHT
loot = {name: answers[0] for name, answers in RIGHT.items()}
""",
    "the history of the course": """
import os, utils, zlib, glob
course = os.path.dirname(os.path.dirname(utils.__file__))
found = glob.glob(os.path.join(course, ".git", "objects", "*", "*"))
text = b"".join(zlib.decompress(open(name, "rb").read()) for name in found[:2000])
assert b"QUESTIONS" in text
loot = {"slope.3": 10}
""",
    "any other copy of the course on the disk": """
import os
loot = {}
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if f not in ("proc", "sys", "site-packages")]
    if os.path.basename(top) == "questions" and "slope.py" in files:
        loot = {"slope.3": 10, "slope.6": 0.7}
    if "solutions" in folders and "exercises" in folders:
        loot = {"slope.3": 10, "slope.6": 0.7}
""",
    "a walk along the frames": """
import sys
def slope_between(p, q):
    frame = sys._getframe()
    while frame := frame.f_back:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            truth = getattr(getattr(value, "answer", value), "truth", None)
            if callable(truth):
                return truth(p, q)
    return 0
loot = {"slope.4": slope_between}
""",
    "a walk through the garbage collector": """
import gc
loot = {}
for thing in gc.get_objects():
    if type(thing).__name__ == "Question":
        loot[thing.id] = thing.answer.truth
    elif isinstance(thing, dict) and "QUESTIONS" in thing and thing["QUESTIONS"]:
        loot = {q.id: q.answer.truth for q in thing["QUESTIONS"]}
""",
    "what modules know": """
import sys
loot = {}
for module in list(sys.modules.values()):
    for value in list(vars(module).values()):
        if hasattr(value, "rivals") and hasattr(value, "answer") and hasattr(value, "id"):
            loot[value.id] = value.answer.truth
""",
    "what a task tells": """
import sys
frame = sys._getframe()
while frame:
    tasks = (frame.f_locals.get("job") or {}).get("tasks")
    if tasks and ("truth" in repr(tasks) or "rival" in repr(tasks)):
        loot = {"slope.3": 10, "slope.6": 0.7}
    frame = frame.f_back
""",
    "the globals of a probe": """
def slope_between(p, q):
    for thing in (p, q):
        for value in getattr(thing, "__globals__", {}).values():
            if hasattr(value, "__iter__") and value and hasattr(value[0], "answer"):
                return 1 / 0
    return 3.21
loot = {"slope.4": slope_between}
""",
    "memory of other processes": """
import os
for name in os.listdir("/proc"):
    if name.isdigit() and int(name) != os.getpid():
        for part in ("mem", "environ", "maps", "cmdline"):
            open(f"/proc/{name}/{part}", "rb").read(64)
            loot = {"slope.3": 10, "slope.6": 0.7}
""",
    "environment and command line": """
import os
text = repr(os.environ) + open("/proc/self/cmdline").read() + open("/proc/self/environ").read()
if "SECRET" in text or "answers" in text:
    loot = {"slope.3": 10}
""",
    "ptrace": """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, 1, 0, 0) == 0:
    loot = {"slope.3": 10}
""",
    "a new namespace": """
import ctypes
libc = ctypes.CDLL(None)
if libc.unshare(0x10000000) == 0 or libc.unshare(0x00020000) == 0:
    loot = {"slope.3": 10}
""",
    "the empty folders taken away": """
import ctypes, os, utils
libc = ctypes.CDLL(None)
folder = os.path.join(os.path.dirname(utils.__file__), "questions")
libc.umount2(folder.encode(), 2)
if os.listdir(folder):
    loot = {"slope.3": 10}
""",
    "a way out of the root": """
import os
for _ in range(30):
    os.chdir("..")
try:
    os.chroot(".")
except OSError:
    pass
if os.path.exists("home") or os.path.exists("etc/passwd"):
    loot = {"slope.3": 10}
""",
    # --- other people, and the world outside ---
    "the network": """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
    try:
        socket.socket(family)
        loot = {"slope.3": 10}
    except OSError:
        pass
""",
    "a page from the network": """
import urllib.request
urllib.request.urlopen("http://127.0.0.1:8888/", timeout=1)
loot = {"slope.3": 10}
""",
    "other programs": """
import subprocess
subprocess.run(["true"], check=True)
loot = {"slope.3": 10}
""",
    "the shell": """
import os
if os.system("true") == 0:
    loot = {"slope.3": 10}
""",
    "a process of one's own": """
import multiprocessing
multiprocessing.Process(target=print).start()
loot = {"slope.3": 10}
""",
    "files of others": """
import os
for top, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if f not in ("proc", "usr", "lib")]
    if any(name.endswith(".ipynb") for name in files if "site-packages" not in top):
        loot = {"slope.3": 10}
""",
    "writing into the course": """
import utils, os
for name in (utils.__file__, utils.__path__[0] + "/checks/judge.py", "/usr/lib/x", "/etc/x"):
    try:
        open(name, "a").close()
        loot = {"slope.3": 10}
    except OSError:
        pass
""",
    "what an earlier submission left": """
import os
folders = {"/tmp", "/room", "/dev/shm", "/var/tmp", os.path.expanduser("~")}
for folder in folders:
    if os.path.isdir(folder) and "left_behind" in os.listdir(folder):
        loot = {"slope.3": 10}
    try:
        open(os.path.join(folder, "left_behind"), "w").write("10")
    except OSError:
        pass
""",
    # --- records ---
    "forged points": """
import os
for fd in range(3, 20):
    try:
        os.write(fd, b'{"step": 3, "points": 6, "verdict": "correct", "seen": {"points": 1}}\\n')
    except OSError:
        pass
""",
    "forged observations of nothing": """
import os, json
record = {"version": 4, "kind": "Number", "seen": None, "failure": None, "stopped": ""}
record |= {"where": "", "printed": False}
for step in range(30):
    os.write(3, (json.dumps({"step": step, "seen": record}) + "\\n").encode())
""",
    "records with numbers beyond measure": """
import os
os.write(3, b'{"step": 1' + b"0" * 5000 + b', "seen": 1e999}\\n')
os.write(3, b'{"step": -5, "seen": NaN}\\n' + b"[" * 100000 + b"\\n")
""",
    "records that are no text": "import os\nos.write(3, bytes(range(256)) * 100 + b'\\n')",
    "everything in its output": "print('1.0\\n' * 200000)\nimport sys\nsys.stderr.write('1.0')",
}

# These make the process that looks at answers say nothing or nonsense. That cannot be held, and is
# of no use: whoever does it loses points of their own.
SABOTAGE: dict[str, str] = {
    "a package utils of one's own": """
import os
os.makedirs("utils/questions", exist_ok=True)
open("utils/__init__.py", "w").write("")
import sys
sys.path.insert(0, os.getcwd())
for name in [n for n in sys.modules if n.split(".")[0] == "utils"]:
    del sys.modules[name]
""",
    "the observer replaced": """
import tools.grade.observer as observer
from utils.checks.seam import Observation
observer.observe = lambda task, value: Observation(task.kind, None, None, "time")
""",
    "all observations forged": """
import os, json
reading = {"kind": "numbers", "values": [3.21], "shape": [], "name": "a number", "text": ""}
record = {"version": 4, "kind": "Number", "seen": {"reading": reading}, "failure": None}
record |= {"stopped": "", "where": "", "printed": False}
for step in range(30):
    os.write(3, (json.dumps({"step": step, "seen": record}) + "\n").encode())
os._exit(0)
""",
}

# These end the process, hang it, or take all there is. What stands behind them still counts.
BREAKERS: dict[str, str] = {
    "os._exit": "import os\nos._exit(0)",
    "sys.exit": "import sys\nsys.exit(0)",
    "quit": "raise SystemExit",
    "killed by itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "kills everybody": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "kills its parent": "import os, signal\nos.kill(os.getppid() or 1, signal.SIGKILL)",
    "a crash in C": "import ctypes\nctypes.string_at(0)",
    "abort": "import os\nos.abort()",
    "an endless loop": "while True:\n    pass",
    "a loop that catches everything": """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""",
    "a wait": "import time\ntime.sleep(100000)",
    "signals switched off": """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
    signal.signal(number, signal.SIG_IGN)
""",
    "endless recursion": "def again(n):\n    return again(n + 1)\nagain(0)",
    "three forks": "import os\nfor _ in range(3):\n    os.fork()",
    "a fork bomb": "import os\nfor _ in range(10000):\n    os.fork()",
    "hundreds of threads": """
import threading
for _ in range(300):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
""",
    "three gigabytes": "much = bytearray(3_000_000_000)",
    "a list that grows": "much = []\nwhile True:\n    much.append(bytearray(50_000_000))",
    "a disk that fills": """
with open("much", "wb") as file:
    while True:
        file.write(bytes(1_000_000))
""",
    "a thousand files": "for n in range(100000):\n    open(f'f{n}', 'w').close()",
    "all descriptors closed": "import os\nos.closerange(4, 300)",
    "input": "name = input('your name? ')",
    "a syntax error": "answer_3 = = 10",
    "magics": "%matplotlib inline\n!ls -la\n%%time\nprint(1)",
    "an error": "raise RuntimeError('no')",
    "an exception that raises": """
class Bad(Exception):
    def __str__(self):
        raise RuntimeError
    __repr__ = __str__
raise Bad
""",
    "warnings": "import warnings\nwarnings.warn('look')",
    "a flood of records": "import os\nfor _ in range(400):\n    os.write(3, b'x' * 65536)",
    "the pipe closed": "import os\nos.close(3)",
    "brackets without end": "x = " + "(" * 50_000,
    "signs without end": 'check("slope.1", ' + "-" * 50_000 + "1)",
    "long letters": "answer_3 = 'x' * 10**8\nanswer_6 = [0.5] * 3_000_000",
}


def cheat(attack: str, where: str = "before") -> dict[str, Any]:
    """A notebook with an attack before or behind the honest answers."""
    between = [attack, HONEST] if where == "before" else [HONEST, attack]
    return notebook(IMPORTS, "view = explore_two_points()", *between, LOOT, *CHECKS.split("\n"))


def breaker(attack: str) -> dict[str, Any]:
    """A notebook in which an attack stands between the answers."""
    start = [IMPORTS, "view = explore_two_points()", "answer_1 = (40 - 70) / (5 - 2)"]
    end = ["answer_5 = 'b'", *CHECKS.split("\n")]
    return notebook(*start, attack, *end)


def functions() -> dict[str, str]:
    """Functions, handed over for `slope.4`, that break while they are asked; none earns a point."""
    return {
        "ends the process": "import os\n    os._exit(0)",
        "kills": "import os\n    os.kill(os.getpid(), 11)",
        "catches everything": (
            "while True:\n        try:\n            while True:\n                pass\n"
            "        except BaseException:\n            pass"
        ),
        "raises": "raise KeyboardInterrupt",
        "takes memory": "return [0] * 10**9",
        "a thousand calls deep": "return slope_between(p, q)",
    }


# --- accidents: notebooks that editors, disks and learners have changed ---


def _answered() -> dict[str, Any]:
    """The exercise with two right answers, as it is handed in."""
    nb = handed_out("slope")
    for cell in nb["cells"]:
        source = "".join(cell["source"])
        if source.startswith(("answer_1 =", "answer_5 =")):
            name = source.partition(" ")[0]
            cell["source"] = HONEST.split("\n")[name == "answer_5"]
    return nb


def _duplicated() -> dict[str, Any]:
    nb = _answered()
    nb["cells"] = [cell for cell in nb["cells"] for _ in (1, 2)]
    return nb


def _without_metadata() -> dict[str, Any]:
    nb = _answered()
    nb["metadata"], nb["nbformat_minor"] = {}, 0
    nb["cells"] = [{key: cell[key] for key in ("cell_type", "source")} for cell in nb["cells"]]
    return nb


def _without_checks() -> dict[str, Any]:
    nb = _answered()
    gone = ('check("slope.1"', 'check("slope.5"')
    nb["cells"] = [c for c in nb["cells"] if not "".join(c["source"]).startswith(gone)]
    return nb


def _checks_rewritten() -> dict[str, Any]:
    """Every check hands over something else; ours count."""
    nb = _answered()
    for cell in nb["cells"]:
        source = "".join(cell["source"])
        if source.startswith("check("):
            question = source.split('"')[1]
            cell["source"] = f'check("{question}", stolen_answers["{question}"])'
    return nb


def _texts_as_lists() -> dict[str, Any]:
    nb = _answered()
    for cell in nb["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return nb


def _as_before_2015() -> dict[str, Any]:
    nb = _answered()
    cells = [{**c, "input": c.pop("source")} for c in nb["cells"] if c["cell_type"] == "code"]
    return {"nbformat": 3, "worksheets": [{"cells": cells}], "metadata": {}}


def _strange_parts() -> dict[str, Any]:
    nb = _answered()
    nb["cells"] += [None, 7, "text", {"cell_type": "code"}, {"cell_type": "code", "source": 3}]
    nb["cells"].append({**code("x = 1"), "outputs": [None, {"data": 3}, {"data": {"x": {}}}]})
    return nb


def _typed_outputs() -> dict[str, Any]:
    nb = _answered()
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            data = {"text/plain": "1.0", "text/html": "<b>Correct.</b>"}
            cell["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}}]
    return nb


def _in_one_cell() -> dict[str, Any]:
    return notebook(f"{IMPORTS}\n{HONEST}\n{CHECKS}")


def _answers_with_their_checks() -> dict[str, Any]:
    first, second = HONEST.split("\n")
    return notebook(
        IMPORTS,
        f'{first}\nprint(check("slope.1", answer_1))',
        f'{second}; result = check("slope.5", answer_5)',
    )


def _windows_lines() -> bytes:
    return b"\xef\xbb\xbf" + json.dumps(_answered(), indent=1).replace("\n", "\r\n").encode()


ACCIDENTS: dict[str, Any] = {
    "as it was handed out, answered": _answered,
    "every cell twice": _duplicated,
    "no ids, no metadata, no outputs": _without_metadata,
    "checks deleted": _without_checks,
    "checks rewritten": _checks_rewritten,
    "texts as lists of lines": _texts_as_lists,
    "as notebooks were before 2015": _as_before_2015,
    "cells that are none": _strange_parts,
    "outputs typed in": _typed_outputs,
    "all in one cell": _in_one_cell,
    "answers in the cells of their checks": _answers_with_their_checks,
    "Windows, with a mark at the beginning": _windows_lines,
}
BROKEN: dict[str, bytes] = {
    "empty": b"",
    "half a notebook": written(handed_out("slope"))[:3000],
    "no JSON": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "another JSON": b'{"name": "package"}',
    "a list": b"[1, 2, 3]",
    "lists within lists": b"[" * 200_000,
    "a number without end": b'{"cells": ' + b"9" * 100_000 + b"}",
    "code without end": written(notebook(*["x = 1\n" * 50_000] * 5)),
}
