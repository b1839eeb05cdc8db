"""What a chapter imports, in CPU time over numpy, matplotlib and ipywidgets alone.

Both are run in fresh processes, in turn, and their own CPU time is compared; the median counts.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLAIN = "import numpy, matplotlib.pyplot, ipywidgets"


def chapter_imports(notebook: Path) -> str:
    """The import statements of a lesson's cells, one after the other."""
    lines = []
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and ("\nimport " in f"\n{source}" or "from " in source):
            lines += [source]
            break
    return "\n".join(lines).replace("style.use()", "")


def cpu_seconds(code: str) -> float:
    """CPU time of a fresh Python that runs the code, start-up included."""
    timed = f"{code}\nimport os\nt = os.times()\nprint(t.user + t.system)"
    done = subprocess.run(
        [sys.executable, "-c", timed], capture_output=True, text=True, cwd=ROOT, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def main() -> int:
    """Print the ratio for each lesson; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    empty = statistics.median(cpu_seconds("pass") for _ in range(rounds))
    print("lesson                 plain s   chapter s   ratio")
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        code = f"{PLAIN}\n{chapter_imports(notebook)}"
        pairs = [(cpu_seconds(PLAIN) - empty, cpu_seconds(code) - empty) for _ in range(rounds)]
        plain, chapter = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(b / a for a, b in pairs)
        print(f"{notebook.stem:22} {plain:7.3f} {chapter:11.3f} {ratio:7.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
