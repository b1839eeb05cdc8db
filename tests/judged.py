"""What the judge says to the answers of `tests/answers`, here or in a browser's Python, as JSON."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace

SECONDS = 0.5  # that answers get which are known not to end


def verdicts(chapters: Sequence[str]) -> list[list[str]]:
    """Question, number of the answer, outcome and message, for each answer."""
    from tests import answers
    from utils import questions
    from utils.checks.desk import feedback
    from utils.checks.judge import judge

    found = []
    for chapter in chapters:
        right, wrong = answers.load(chapter)
        for name in sorted(right.keys() | wrong.keys()):
            question = questions.find(name)
            if question is None:
                continue
            given = [(answer, "correct") for answer in right.get(name, ())]
            for i, (answer, expected) in enumerate([*given, *wrong.get(name, ())]):
                asked = replace(question, seconds=SECONDS) if expected == "endless" else question
                told = feedback(question, judge(asked, answer))
                found.append([name, str(i), told.outcome.value, told.message])
    return found


if __name__ == "__main__":
    print(json.dumps(verdicts(sys.argv[1:])))
