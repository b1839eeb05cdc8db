"""Slides: what stands on them, what is said to votes, what the presenter reads."""

import re
import shutil
from dataclasses import replace

import pytest

from tests.sample_lesson import write_lesson
from tests.test_site import Addresses
from tools.site import export, to_html
from tools.site.slides import heights
from tools.site.slides.__main__ import main
from tools.site.slides.atoms import Atom, Section, joined, sections, without_typing
from tools.site.slides.deck import deck_of, deck_style, link, words_of
from tools.site.slides.notes import notes_of
from tools.site.slides.packing import Packer
from tools.site.slides.votes import vote_on
from utils import questions
from utils.checks import MISTAKES, check
from utils.checks.feedback import to_html as said_as_html


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    return export(write_lesson(tmp_path_factory.mktemp("lesson")), link)


@pytest.fixture(scope="module")
def parts(lesson):
    return sections(lesson)


@pytest.fixture(scope="module")
def deck(lesson):
    return deck_of(lesson)


# --- atoms ---


def test_headings_begin_sections_inside_cells_too(parts):
    assert [(part.title, part.level) for part in parts] == [
        ("01 · A made-up lesson", 1),
        ("The second section", 2),
        ("Much", 3),
        ("A figure that stands still", 2),
    ]
    assert [atom.kind for atom in parts[1].atoms] == ["text", "code", "text", "vote", "vote"]


def test_folded_cells_and_notes_are_no_atoms(parts):
    text = "".join(atom.html for part in parts for atom in part.atoms)
    assert "style" not in text and "For teachers" not in text
    assert "Why" in parts[0].notes[0] and "details" not in parts[0].notes[0]


def test_a_figure_comes_without_its_line_of_code(parts):
    figures = [atom for part in parts for atom in part.atoms if atom.kind == "figure"]
    assert [atom.figure.frames is not None for atom in figures] == [True, False]
    text = "".join(atom.html for part in parts for atom in part.atoms)
    assert "explore_made_up()" not in text and "plt" not in text
    assert "frame" in text  # what else stands in its cell


def test_what_is_folded_lies_open_and_links_to_notebooks_are_words(parts):
    text = "".join(atom.html for atom in parts[-1].atoms)
    assert "<details" not in text and "<p><b>Folded</b> there</p>" in text and "Open here" in text
    assert "<a>a map</a>" in text


def test_options_leave_the_text_of_a_vote(parts):
    votes = [atom.vote for part in parts for atom in part.atoms if atom.vote]
    assert votes[0].asked == "<p><strong>Predict:</strong> what will you see?</p>\n"
    assert votes[1].asked == "<p><strong>Predict:</strong> where are they heading?</p>\n"


def test_sentences_about_typing_are_left_out():
    asked = to_html("**Predict:** how fast? Write it in place of the `...` below. Then *wait*.")
    assert without_typing(asked).strip() == (
        "<p><strong>Predict:</strong> how fast? Then <em>wait</em>.</p>"
    )


def test_parts_are_joined_again():
    text = "| a |\n|---|\n| 1 |\n| 2 |\n"
    rows = [to_html(f"| a |\n|---|\n| {i} |") for i in (1, 2)]
    assert re.sub(r"\s", "", joined(rows)) == re.sub(r"\s", "", to_html(text))
    items = [to_html(f"- {i}") for i in (1, 2)]
    assert re.sub(r"\s", "", joined(items)) == re.sub(r"\s", "", to_html("- 1\n- 2"))


# --- votes ---

CHOICES = [question for question in questions.all_questions() if question.answer.offered]


@pytest.mark.parametrize("question", CHOICES, ids=lambda question: question.id)
def test_the_judge_speaks_to_every_option(question):
    vote = vote_on(question.id, "")
    assert [option.letter for option in vote.options] == list(question.answer.offered)
    assert sum(option.right for option in vote.options) == 1
    for option in vote.options:
        feedback = check(question.id, option.letter)
        own = re.sub(r"^You chose `\w`: .*?[.!?] (?=[A-Z])", "", feedback.message)
        assert option.said.startswith(f"<strong>{feedback.word}.</strong> ")
        assert said_as_html(own) in option.said
        assert option.right == (feedback.word == "Correct")


def test_numbers_that_are_often_said_have_their_mistake():
    vote = vote_on("derivative.predict_speed", "")
    assert "30" in vote.answer
    assert {option.letter for option in vote.options} >= {"37.5", "45", "15"}
    assert not any(option.right for option in vote.options)
    assert MISTAKES["value-for-slope"].name in {option.text for option in vote.options}


def test_formulas_of_a_vote_are_typeset(monkeypatch):
    known = questions.find("derivative.predict_speed")
    told = replace(known, why="It is $2x$.", hints=("Try $x^2$.", *known.hints[1:]))
    monkeypatch.setattr(questions, "find", lambda _: told)  # until the judge puts it back
    notes = notes_of(Section("", 2, "", questions=[known.id])).html
    answer = vote_on(known.id, "").answer
    assert "<math" in answer and "<math" in notes and "$" not in answer + notes


# --- notes ---


def test_notes_say_what_to_ask_and_to_watch_for(parts):
    notes = notes_of(parts[1])
    speed = questions.find("derivative.predict_speed")
    assert speed.title in notes.html and MISTAKES["value-for-slope"].name in notes.html
    swap = questions.find("slope.predict_swap")
    assert notes.minutes == pytest.approx(swap.minutes + speed.minutes, abs=2)
    assert "Why" in notes_of(parts[0]).html


def test_what_a_figure_cannot_do_here_is_told(parts):
    assert "coarse steps here" in notes_of(parts[2]).html
    assert "steps here" not in notes_of(parts[0]).html
    (atom,) = (atom for atom in parts[2].atoms if atom.figure)
    still = replace(atom, figure=replace(atom.figure, coarse=None))
    assert "stands still here" in notes_of(replace(parts[2], atoms=[still])).html


# --- packing ---


def packed(*given: tuple[str, float], leads: frozenset[int] = frozenset(), cell: str = "one"):
    """Slides of atoms that are given by kind and height; those in `leads` announce the next."""
    known = {f"<p>{i}</p>": height for i, (_, height) in enumerate(given)}
    atoms = [
        Atom(kind, f"<p>{i}</p>", leads=i in leads, cell=cell if i else "first")
        for i, (kind, _) in enumerate(given)
    ]
    packer = Packer(lambda atom: known[atom.html], lambda atom: 2 * known[atom.html])
    return packer.pack([Section("", 2, "", atoms)])


def test_what_fits_stands_together():
    slides = packed(("text", 200), ("code", 200), ("text", 150), ("text", 100))
    assert [len(slide.atoms) for slide in slides] == [3, 1]
    assert [slide.first for slide in slides] == [True, False]


def test_what_leads_keeps_with_what_follows():
    slides = packed(("text", 300), ("text", 100), ("code", 300), leads=frozenset({1}))
    assert [len(slide.atoms) for slide in slides] == [1, 2]
    slides = packed(("text", 300), ("text", 100), ("code", 550), leads=frozenset({1}))
    assert [len(slide.atoms) for slide in slides] == [2, 1]  # too much together


def test_words_that_announce_something_are_not_parted_from_it_by_a_figure():
    slides = packed(("text", 250), ("text", 100), ("figure", 0), leads=frozenset({0}), cell="first")
    assert [(len(s.atoms), s.figure is not None) for s in slides] == [(2, False), (0, True)]


def test_text_stands_beside_its_figure():
    slides = packed(("text", 100), ("text", 100), ("figure", 0), ("text", 100), cell="first")
    assert [(len(s.atoms), s.figure is not None) for s in slides] == [(2, True), (1, False)]
    slides = packed(("text", 100), ("text", 200), ("figure", 0), cell="first")
    assert [(len(s.atoms), s.figure is not None) for s in slides] == [(1, False), (1, True)]
    slides = packed(("text", 100), ("text", 100), ("figure", 0))  # what opens a lesson
    assert [(len(s.atoms), s.figure is not None) for s in slides] == [(1, False), (1, True)]


def test_what_fills_more_than_a_slide_is_cut(deck):
    pieces = re.findall(r'<div class="atom"><div class="wide"><table>.*?</table>', deck.html, re.S)
    rows = [len(re.findall("<tr>", piece)) - 1 for piece in pieces]
    assert sum(rows) == 40 and len(rows) > 1 and max(rows) - min(rows) <= len(rows)


def test_pieces_of_what_is_cut_are_as_few_as_fit():
    parts = tuple(f"<li>{i}</li>" for i in range(40))
    (atom,) = [Atom("text", "".join(parts), parts)]
    slides = Packer(lambda _: 2400, lambda _: 2400).pack([Section("", 2, "", [atom])])
    heights_ = [piece.height or 0 for slide in slides for piece in slide.atoms]
    assert len(slides) == 5 and sum(heights_) == pytest.approx(2400)
    assert all(height <= slide.room for height, slide in zip(heights_, slides, strict=True))


# --- heights ---


def test_the_estimate_is_near_to_what_is_measured():
    pieces = ["<p>word</p>", f"<p>{'some words ' * 60}</p>", "<pre class='code'>a\nb\nc</pre>"]
    known = heights.heights(pieces, deck_style())
    if not known.measured:
        pytest.skip("no browser was found")
    guessed = heights.heights(pieces, deck_style(), browser=None)
    assert not guessed.measured
    for one, other in zip(known.wide + known.beside, guessed.wide + guessed.beside, strict=True):
        assert other == pytest.approx(one, rel=0.5)


def test_a_browser_that_does_not_start_is_no_fault(tmp_path):
    broken = tmp_path / "chromium"
    shutil.copy("/bin/false", broken) if shutil.which("false") else broken.touch()
    assert not heights.heights(["<p>word</p>"], "", browser=str(broken)).measured


# --- the file ---


def test_a_deck_fetches_nothing(deck):
    found = Addresses(deck.html).found
    assert found and all(
        address.startswith(("data:image/webp;base64,", "data:,")) for address in found
    )
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import", words_of(deck.html))
    assert not re.search(r"\bimport\(|\bfetch\(\"|BroadcastChannel", deck.html)


def test_links_lead_out_of_the_course_or_nowhere():
    assert link("https://arxiv.org/abs/1") and link("01_slope.ipynb") is None


def test_a_deck_counts_what_it_holds(deck):
    assert (deck.figures, deck.moving) == (2, 2)
    assert deck.html.count('<section class="slide') == deck.slides
    assert deck.html.count("<math") == 2  # one of them in the notes


def test_a_second_deck_has_the_same_bytes(lesson, deck):
    assert deck_of(lesson).html == deck.html


def test_a_chapter_that_is_not_there_is_told(capsys):
    assert main(["99"]) == 2
    assert "There is no chapter '99'. There are: 00_start_here" in capsys.readouterr().err
