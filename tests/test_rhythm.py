"""How long the sentences of a lesson are, on texts that were counted by hand."""

import nbformat
import pytest

from tools import prose, rhythm
from tools.rhythm import Rhythm, count_words, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nudge it. It goes up by 0.1.", ["Nudge it.", "It goes up by 0.1."]),
        ("The slope is $2x$. $h$ fades.", ["The slope is ⟨formula⟩.", "⟨formula⟩ fades."]),
        ("Run `f(2.0). x` twice, e.g. Now.", ["Run ⟨code⟩ twice, e.g. Now."]),
        ("**Predict:** what then?", ["Predict: what then?"]),
        ("**Predict:** which? **a** up. **b** Down it goes.", ["Predict: which?"]),
        (
            "It holds (see [chapter 03](03_limits.ipynb)). Good.",
            ["It holds (see chapter 03", "Good."],
        ),
        ("f′ is 0 there. x₀ moves on.", ["f′ is 0 there.", "x₀ moves on."]),
        ("# A title. With two.\n\n- a list. Of two.\n\n| a | table |\n\n$$a. B$$", []),
        ("**Time:** 20 minutes. **You need:** nothing.", []),
    ],
)
def test_sentences_are_found(text, expected):
    found = split(text)
    assert len(found) == len(expected)
    assert all(sentence.startswith(start) for sentence, start in zip(found, expected, strict=True))


def test_a_formula_counts_as_one_word():
    (sentence,) = split("Then $f(x + h) - f(x)$ is `rise(h)`, or 2.05.")
    assert count_words(sentence) == 6


def lesson(*texts: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_lesson_in_numbers():
    nb = lesson("It goes up. One two three four five six seven eight.", "# Only a title")
    assert rhythm.rhythm(nb) == Rhythm(2, 5.5, 0.5)
    assert not rhythm.rhythm(nb).is_even
    assert rhythm.rhythm(lesson()) == Rhythm(0, 0.0, 0.0)


def test_notes_for_teachers_do_not_count():
    nb = lesson("Ask.", "One two three.")
    nb.cells[0].metadata.tags = ["notes"]
    assert list(rhythm.sentences(nb)) == [(1, "One two three.")]


def test_the_command_tells_the_short_sentences_of_one_lesson(tmp_path, capsys):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("01_slope", "02_rate_of_change"):
        nbformat.write(lesson("It goes up."), folder / f"{name}.ipynb")
    assert prose.main(["slope", "--rhythm"], tmp_path) == 0
    assert capsys.readouterr().out.splitlines() == [
        "! 01_slope                  1 sentences of 3.0 words; 100% have 6 words or fewer",
        "    cell 0: It goes up.",
    ]
    assert prose.main(["--rhythm"], tmp_path) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
