"""Plans for a class: every chapter's adds up and names what there is."""

import re
from functools import cache
from itertools import pairwise
from statistics import median

import pytest

from tools import headings
from tools.build import ROOT
from tools.door import commands
from tools.plans import __main__ as command
from tools.plans import lesson, pages, plan
from utils import questions
from utils.bank import in_exercises
from utils.checks import MISTAKES, Choice

CHAPTERS = questions.chapters()
every_chapter = pytest.mark.parametrize("name", CHAPTERS)


@cache
def lesson_of(name: str) -> lesson.Lesson:
    return lesson.read(name, ROOT)


@cache
def text_of(name: str) -> str:
    return pages.markdown(lesson_of(name))


def part(text: str, heading: str) -> str:
    """What stands under a heading."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@every_chapter
@pytest.mark.parametrize("minutes", pages.HOURS)
def test_minutes_add_up_and_follow_each_other(name: str, minutes: int) -> None:
    rows = re.findall(r"^\| (\d+)–(\d+) \|", part(text_of(name), f"{minutes} minutes"), re.M)
    ends = [(int(begin), int(end)) for begin, end in rows]
    assert ends[0][0] == 0 and ends[-1][1] == minutes
    assert all(end == begin for (_, end), (begin, _) in pairwise(ends))
    assert all(end - begin >= plan.SHORTEST for begin, end in ends)


@every_chapter
def test_a_section_is_shown_or_left_out_with_a_reason(name: str) -> None:
    read = lesson_of(name)
    short, long = (plan.plan(read, minutes) for minutes in pages.HOURS)
    for made in (short, long):
        both = [*made.shown, *made.left_out]
        assert sorted(map(id, both)) == sorted(map(id, read.teaching))
        for section in made.left_out:
            assert f"“{section.heading}”" in part(text_of(name), f"{made.minutes} minutes")
        for section in made.shown:
            (row,) = re.findall(
                rf"^\|[^|]*\| {re.escape(section.heading)} \| (.*) \|$",
                part(text_of(name), f"{made.minutes} minutes"),
                re.M,
            )
            named = (*section.figures, *(question.title for question in section.questions))
            assert row.strip() and all(what in row for what in named)
        if any(not section.curious for section in made.left_out):
            assert not any(section.curious for section in made.shown)
    assert all(section in long.shown for section in short.shown)
    assert all(s in short.shown for s in read.teaching if s.heading.startswith(lesson.LOOK_BACK))


@every_chapter
def test_all_questions_of_the_lesson_are_found_in_its_sections(name: str) -> None:
    found = [question.id for section in lesson_of(name).sections for question in section.questions]
    asked = [q.id for q in questions.questions(name) if not in_exercises(q.id)]
    assert sorted(found) == sorted(asked)


@every_chapter
def test_the_vote_has_all_options_and_says_something_to_each(name: str) -> None:
    read = lesson_of(name)
    section, asked = plan.to_vote_on(plan.plan(read, 45).shown)
    vote = part(text_of(name), "Vote on this")
    assert f"*{asked.title}*" in vote and section.asked[asked.id] in vote
    assert asked.why in vote
    if isinstance(asked.answer, Choice):
        for letter, text in asked.answer.texts.items():
            assert f"- **{letter}** {text}: " in vote
    for rival in asked.rivals:
        assert rival.text in vote or rival.mistake in {
            r.mistake for r in asked.rivals if r.text in vote
        }


@every_chapter
def test_mistakes_and_homework_are_the_courses_own(name: str) -> None:
    known = {mistake.name for mistake in MISTAKES.values()}
    named = re.findall(
        r"^- \*\*(.+?)\*\*: .* Ask: “.+\?” \(.+\)$", part(text_of(name), "Mistakes to expect"), re.M
    )
    assert 3 <= len(named) <= plan.MOST_MISTAKES and set(named) <= known
    exercises = {plan.number(question): question for question in lesson_of(name).exercises}
    homework = part(text_of(name), "Homework")
    given = re.findall(r"(\d+) \*(.+?)\* \((\d+) min\)", homework)
    assert given or "all exercises are solved" in homework
    for number, title, minutes in given:
        assert exercises[int(number)].title == title
        assert exercises[int(number)].minutes == int(minutes)


@every_chapter
def test_homework_takes_about_as_long_as_it_says(name: str) -> None:
    all_of_it = lesson_of(name).exercises
    for minutes in pages.HOMEWORK:
        given = plan.homework(all_of_it, minutes)
        took = sum(question.minutes for question in given)
        assert given and took <= minutes + 2
        assert (
            name in plan.STEPS
            or took >= minutes - 5
            or not any(
                took + question.minutes <= minutes
                for question in all_of_it
                if question not in given
            )
        )


@pytest.mark.parametrize("name", sorted(plan.STEPS))
def test_steps_of_one_program_are_given_in_order(name: str) -> None:
    steps = lesson_of(name).exercises
    for minutes in (20, *pages.HOMEWORK, 90):
        given = plan.homework(steps, minutes)
        assert given == steps[: len(given)]
    in_class = plan.plan(lesson_of(name), 90).in_class
    assert list(in_class) == steps[: len(in_class)] and len(in_class) >= 4


@every_chapter
def test_nothing_is_left_unwritten(name: str) -> None:
    text = text_of(name)
    prose = re.sub(r"`[^`]*`", "code", text)
    assert not re.search(r"<details|<summary|\{|\bTrue\b| {2}|\.\.(?!\.)|\b1 minutes", prose)
    assert not re.search(r"(?<!minutes):\s*$", prose, re.M)
    assert not re.search(r"\bmet (?:below|by name)", text)
    for heading in ("Goals", "45 minutes", "90 minutes", "Mistakes to expect", "Homework"):
        assert part(text, heading).strip()
    told = lesson_of(name).notes
    assert told["Ask"] in text and told["Time"][1:] in text
    assert text == pages.markdown(lesson.read(name, ROOT))


def test_the_pace_is_that_of_the_authors_notes() -> None:
    """The minutes that notes give to the parts of a lesson, against a reader's: half of the
    chapters are above the pace, half below."""
    shares = []
    for name in CHAPTERS:
        time = re.sub(r"chapter \d+", "", lesson_of(name).notes["Time"])
        stated = sum(int(number) for number in re.findall(r"\b\d+\b", time))
        shares.append(stated / sum(section.minutes for section in lesson_of(name).sections))
    assert abs(median(shares) - plan.PACE) < 0.05


def test_notes_within_a_section_stand_by_its_name() -> None:
    read = lesson_of("slope")
    section = read.teaching[0]
    note = lesson.new_markdown_cell("<details><summary>x</summary>\n\nBring a ramp.\n\n</details>")
    note.metadata["tags"] = ["notes"]
    fuller = lesson.replace(section, cells=(*section.cells, note))
    sections = tuple(fuller if one is section else one for one in read.sections)
    text = pages.markdown(lesson.replace(read, sections=sections))
    assert f"**On “{section.heading}”.** Bring a ramp." in text
    assert section.minutes == fuller.minutes


def test_a_chapter_between_two_others(monkeypatch) -> None:
    monkeypatch.setattr(questions, "BETWEEN", {"derivative"})
    assert questions.number("derivative") == "03b"
    assert command.chosen(["03b", "4"]) == ["derivative", "power_rule"]


def test_the_command_writes_both_forms_and_tells_what_it_does_not_know(tmp_path, capsys) -> None:
    assert command.main(["1", "04_derivative", "--to", str(tmp_path / "new")]) == 0
    names = [
        f"plan_{stem}.{end}" for stem in ("01_slope", "04_derivative") for end in ("html", "md")
    ]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == names
    page = (tmp_path / "new" / names[2]).read_text(encoding="utf-8")
    assert page.count("<table>") == 2 and "http" not in page and "<td>0–3</td>" in page
    assert command.chosen(["all"]) == CHAPTERS
    capsys.readouterr()
    assert command.main(["pottery"]) == 2
    assert 'no chapter "pottery"' in capsys.readouterr().err


def test_the_door_knows_it(capsys) -> None:
    assert commands.main(["plan"]) == 2
    assert "plan --help" in capsys.readouterr().err


def test_a_comment_in_code_is_no_heading() -> None:
    text = "Before.\n\n## One\n\n```python\n# not me\n```\n\n### Two \nBelow."
    assert [(found[0], found[1]) for found in headings.parts(text)] == [
        ("", 0),
        ("One", 2),
        ("Two", 3),
    ]
    assert headings.parts(text)[1][2].count("# not me") == 1
    assert headings.parts("No heading") == [("", 0, "No heading")]
