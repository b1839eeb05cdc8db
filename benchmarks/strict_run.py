"""How much longer does the strict check take than plainly executing the same notebooks?

    python -m benchmarks.strict_run [--rounds 5] [--limit 1.2] [NOTEBOOKS…]

Alternates `pytest` with the strict plugin and `jupyter execute`, each in one process of its own,
and prints the median of the ratios of each round. Without arguments: all of the course.
Exits with 1 when the median is above the limit or a run fails.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
STRICT = ["-m", "pytest", "-q", "-p", "tests.nbval_strict", "-p", "no:cacheprovider"]
PLAIN = ["-m", "jupyter", "execute", "--timeout=600"]


def seconds(arguments: list[str]) -> float:
    """Wall-clock seconds of one run of Python; raises SystemExit where it fails."""
    start = time.perf_counter()
    run = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"python {' '.join(arguments)} failed:\n{run.stdout}{run.stderr}")
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=1.2)
    options = parser.parse_args()
    notebooks = [str(path.resolve()) for path in options.notebooks] or [
        str(path)
        for folder in ("notebooks", "solutions", "exercises")
        for path in sorted((ROOT / folder).glob("*.ipynb"))
    ]
    if not notebooks:
        raise SystemExit("There are no notebooks to measure.")
    ratios = []
    for number in range(options.rounds):
        # Whoever goes first warms the disk cache for the other, so they take turns.
        order = [STRICT, PLAIN] if number % 2 else [PLAIN, STRICT]
        took = {command[1]: seconds([*command, *notebooks]) for command in order}
        strict, plain = took["pytest"], took["jupyter"]
        ratios.append(strict / plain)
        print(f"round {number + 1}: strict {strict:.2f} s, plain {plain:.2f} s", flush=True)
    print(f"{len(notebooks)} notebooks, median ratio {median(ratios):.2f} (limit {options.limit})")
    return int(median(ratios) > options.limit)


if __name__ == "__main__":
    sys.exit(main())
