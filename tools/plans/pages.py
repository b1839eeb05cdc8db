"""A chapter's plan in words: Markdown, and a page for the printer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from tools.markup import printed
from tools.plans import plan
from tools.plans.lesson import Lesson, Section
from utils import bank, numerals, questions
from utils.checks import MISTAKES, Choice, Question
from utils.checks.answer import Rival

HOURS = (45, 90)
HOMEWORK = (30, 60)

_MET = re.compile(
    r"(?:Each|All|Both|The checks?)[^.]*\b(?:met|meets|name)\b[^.]*\."
)  # by the lesson's checks

_STYLE = """
body { max-width: 50em; } h2 { font-size: 1.15em; margin-top: 1.8em; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em; border-bottom: 1px solid #ccc; }
td:first-child, th:first-child { text-align: right; white-space: nowrap; }
@media print { body { max-width: none; } h2 { break-after: avoid; } }
"""


def markdown(lesson: Lesson) -> str:
    """The whole plan."""
    short, long = (plan.plan(lesson, minutes) for minutes in HOURS)
    title = questions.CHAPTERS[lesson.name]
    parts = [f"# Plan for chapter {lesson.number} · {title}", _about(lesson)]
    parts += ["## Goals", "At the end learners are able to", _bullets(lesson.goals)]
    parts += ["## 45 minutes", _hour(lesson, short), "## 90 minutes", _hour(lesson, long)]
    voted = plan.to_vote_on(short.shown)
    if voted:
        parts += ["## Vote on this", _vote(lesson, *voted)]
    parts += ["## Mistakes to expect", _mistakes(lesson, short)]
    parts += ["## Homework", _homework(lesson, short), _homework(lesson, long)]
    return "\n\n".join(part for part in parts if part) + "\n"


def html(text: str) -> str:
    """The plan as a page of its own, offline and fit for a printer. text: Markdown."""
    import mistune  # not before a page is made: it comes with Jupyter's nbconvert

    body = str(mistune.create_markdown(plugins=["table"])(text))
    return printed(text.partition("\n")[0].lstrip("# "), body, _STYLE)


def _about(lesson: Lesson) -> str:
    told = (
        "Made from the lesson, its exercises and its author's notes. Minutes are those of somebody "
        "who reads alone, shortened for a class that is shown and told; nobody has timed yours."
    )
    divided = lesson.notes.get("Time", "")
    return f"{told} The author divides a class so: {_lowered(divided)}" if divided else told


def _hour(lesson: Lesson, made: plan.Plan) -> str:
    ends = list(itertools.accumulate(step.minutes for step in made.steps))
    rows = [
        _row(f"{end - step.minutes}–{end}", step.title, _do(lesson, made, step))
        for step, end in zip(made.steps, ends, strict=True)
    ]
    table = "\n".join([_row("minutes", "what", "with the class"), "|---|---|---|", *rows])
    return "\n\n".join(part for part in (table, _left_out(made), _more_notes(lesson, made)) if part)


def _do(lesson: Lesson, made: plan.Plan, step: plan.Step) -> str:
    """What a teacher does in this line of the plan."""
    if step.section:
        return _with_class(step.section)
    match step.title:
        case plan.OPENED:
            ask = lesson.notes.get("Ask", "Which way will it go, and who is sure?")
            shown = _figures(lesson.opening)
            return f"Ask: {ask}" + (f" Then show {shown}." if shown else "")
        case plan.SOLVED:
            numbers = _listed(made.in_class).partition(" ")[2]
            return f"Numbers {numbers}. Stop after each, and look at two different answers."
        case plan.ROOM:
            return _more_practice(lesson) or "For computers that do not run yet, and for questions."
        case plan.NEXT:
            return _go_on(lesson)
    return "The recap table, each line read out by another learner; the common mistakes; homework."


def _with_class(section: Section) -> str:
    parts = []
    if shown := _figures([section]):
        parts.append(f"Show {shown}; a learner moves it.")
    votes = [q for q in section.questions if isinstance(q.answer, Choice)]
    others = [q for q in section.questions if q not in votes]
    if votes:
        parts.append(f"Vote: {_titles(votes)}.")
    if others:
        parts.append(f"Everybody writes an answer down: {_titles(others)}.")
    runs = any(cell.cell_type == "code" for cell in section.cells)
    alone = "Run its cells; a learner says first what will come out." if runs else "Tell it."
    return " ".join(parts) or alone


def _figures(sections: Sequence[Section]) -> str:
    names = dict.fromkeys(name for section in sections for name in section.figures)
    return " and ".join(f"`{name}`" for name in names)


def _titles(asked: Sequence[Question]) -> str:
    return "; ".join(f"*{question.title}*" for question in asked)


def _left_out(made: plan.Plan) -> str:
    if not made.left_out:
        return "Nothing is left out."
    late = [section.heading for section in made.left_out if not section.curious]
    curious = [section for section in made.left_out if section.curious]
    parts = []
    if late:
        minutes = round(sum(s.minutes for s in made.left_out if not s.curious))
        come, them = ("they come", "them") if len(late) > 1 else ("it comes", "it")
        them_read = "they take" if len(late) > 1 else "it takes"
        parts.append(
            f"{_quoted(late)}: {come} last of what is new, so nothing before builds on {them}. "
            f"At home {them_read} about {minutes} min. Where the end looks back on {them}, pass on."
        )
    if curious:
        parts.append(
            f"{_quoted([s.heading for s in curious])}: marked so in the lesson, for a longer day."
        )
    return f"**Left out.** {' '.join(parts)}"


def _more_notes(lesson: Lesson, made: plan.Plan) -> str:
    """What else the author tells: on the whole lesson once, on sections where they are shown."""
    told = []
    if made.minutes == min(HOURS):
        known = ("Time", "Ask", "Watch for")
        told += [f"**{lead}:** {text}" for lead, text in lesson.notes.items() if lead not in known]
    for section in made.shown:
        told += [f"**On “{section.heading}”.** {note}" for note in lesson.notes_on(section)]
    return "\n\n".join(told)


def _vote(lesson: Lesson, section: Section, asked: Question) -> str:
    """The prediction, its options, and what to say to each."""
    how = (
        f"Of all predictions in these sections *{asked.title}* (in “{section.heading}”) tells most "
        "mistakes apart. Hands first, then two who disagree, then hands again; run the cell last."
    )
    rivals = {_given(rival): rival for rival in reversed(asked.rivals)}
    if isinstance(asked.answer, Choice):
        rows = [
            f"- **{letter}** {text}: {_said(asked, rivals.get(letter), letter)}"
            for letter, text in asked.answer.texts.items()
        ]
    else:
        rows = [f"- **{numerals.number(asked.answer.truth)}**: right. {asked.why}"]
        known = dict(sorted(rivals.items(), key=lambda item: asked.rivals.index(item[1])))
        rows += [f"- **{given}**: {_said(asked, rival, given)}" for given, rival in known.items()]
    return "\n\n".join([how, f"> {section.asked[asked.id]}", "\n".join(rows)])


def _given(rival: Rival) -> str:
    if isinstance(rival.answer, str):
        return rival.answer.strip().lower()
    return numerals.number(float(rival.answer))


def _said(asked: Question, rival: Rival | None, letter: str) -> str:
    if letter == str(asked.answer.truth).strip().lower():
        return f"right. {asked.why}"
    if rival is None:
        return "not right, for no reason that has a name. Ask how they came to it."
    return f"*{_lowered(MISTAKES[rival.mistake].name)}.* {rival.text}"


def _mistakes(lesson: Lesson, made: plan.Plan) -> str:
    asked = [question for section in made.shown for question in section.questions]
    rows = []
    for name, where in plan.expected([*asked, *lesson.exercises]):
        mistake = MISTAKES[name]
        rows.append(
            f"- **{mistake.name}**: {mistake.looks_like}. Ask: “{_question(mistake.message)}” "
            f"({_places(where)})"
        )
    watch = " ".join(_MET.sub("", lesson.notes.get("Watch for", "")).split())
    told = f"The author says: watch for {watch}" if watch else ""
    return "\n\n".join(part for part in ("\n".join(rows), told) if part)


def _question(message: str) -> str:
    """The question on which the message ends."""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", message)[-1]


def _homework(lesson: Lesson, made: plan.Plan) -> str:
    left = [question for question in lesson.exercises if question not in made.in_class]
    rows, before = [], None
    if not left and not _more_practice(lesson):
        return f"After the {made.minutes} minutes: all exercises are solved. {_go_on(lesson)}"
    for minutes in HOMEWORK:
        given = plan.homework(left, minutes)
        if given == before:  # there are no more: practice has no end
            continue
        missing = minutes - sum(question.minutes for question in given)
        more = _more_practice(lesson, missing) if missing >= plan.SHORT_REST else ""
        text = f"{_listed(given)}." if given else ""
        rows.append(f"- About {minutes} minutes: {' '.join(part for part in (text, more) if part)}")
        before = given
    told = f"After the {made.minutes} minutes:\n\n" + "\n".join(rows)
    if made.left_out and made.minutes == min(HOURS):
        told += "\n\nLook whether one of them needs what you have left out."
    return told


def _listed(exercises: Sequence[Question]) -> str:
    """ "Exercises 1 (4 min), 2 (4 min); 8 minutes in all"."""
    each = ", ".join(f"{plan.number(q)} *{q.title}* ({q.minutes} min)" for q in exercises)
    total = sum(question.minutes for question in exercises)
    word = "exercise" if len(exercises) == 1 else "exercises"
    return f"{word} {each}" + (f", {total} minutes in all" if len(exercises) > 1 else "")


def _places(where: Sequence[Question]) -> str:
    """The questions that know a mistake: those of the lesson by title, exercises by number."""
    titles = [f"*{q.title}*" for q in where if not bank.in_exercises(q.id)]
    numbers = [str(plan.number(q)) for q in where if bank.in_exercises(q.id)]
    if numbers:
        titles.append(f"exercise{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}")
    return ", ".join(titles)


def _more_practice(lesson: Lesson, minutes: int = 0) -> str:
    if not questions.has_practice(lesson.name):
        return ""
    time = f", for {minutes} minutes" if minutes else ""
    return f'Practice that goes on, by `practice("{lesson.name}")`{time}.'


def _go_on(lesson: Lesson) -> str:
    names = questions.chapters()
    following = names[names.index(lesson.name) + 1 :][:1]
    if not following:
        return "For questions, and for projects of the learners' own."
    return f"Begin chapter {questions.number(following[0])}."


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _quoted(headings: Sequence[str]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings)


def _lowered(text: str) -> str:
    """A sentence's beginning in small letters, except for names such as ReLU."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
