"""`course.py grade FOLDER`: from a folder of notebooks to tables, pages and the class overview."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.door.say import Display, Stop, quoted, typed
from tools.grade import class_run, feedback_page, overview, sandbox, tables
from tools.grade.exercise import Exercise, exercises
from tools.grade.handed_in import HandedIn, find
from tools.grade.kept import Graded, Kept, fingerprint, version
from tools.grade.marks import totals
from tools.grade.nursery import COURSE
from tools.grade.sheet import Sheet, sheet
from tools.grade.submission import Submission, Unreadable, read

OWN = ("notebooks", "exercises", "solutions", "tests", ".venv", ".pythons")  # of the course
PLAIN = (
    "This system gives no sandbox ({}), so each notebook runs as a plain process with limits of "
    "time. What it does can reach your files and the course's own: grade people you trust, or use "
    "Linux."
)


@dataclass(frozen=True)
class Work:
    """What one learner handed in for one chapter, and what came of it."""

    handed: HandedIn
    chapter: str
    graded: Graded

    @property
    def points(self) -> float:
        """All of its points together."""
        return totals(self.graded.marks)[0]


def options(words: Sequence[str]) -> argparse.Namespace:
    """What stands on the command line. argparse itself tells of mistakes."""
    parser = argparse.ArgumentParser(
        prog=typed("grade"), description="Mark a folder of handed-in notebooks."
    )
    parser.add_argument("folder", type=Path, help="with the notebooks in any layout, or a zip file")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the results go")
    parser.add_argument("--student", metavar="NAME", help="grade this one again")
    return parser.parse_args(words)


def run(words: Sequence[str]) -> int:
    """Do what the command line says; returns the exit code. Raises Stop for a sentence."""
    asked = options(words)
    folder: Path = asked.folder
    if not folder.exists():
        raise Stop(f"There is no folder {quoted(folder)}.", "call one that is there")
    to: Path = asked.to or folder.resolve().with_name(f"{folder.resolve().stem} graded")
    own = [COURSE / name for name in OWN] if COURSE.is_relative_to(folder.resolve()) else []
    handed = find(folder, [to, *own])
    if not handed:
        raise Stop(
            f"There is no notebook in {quoted(folder)}.", "call the folder that holds the .ipynb"
        )
    display = Display()
    refused = sandbox.refusal(COURSE)
    if refused:
        display.say(PLAIN.format(refused))
    kept = Kept(to, version(COURSE), "apart" if refused else "shut in")
    again = _named(asked.student, handed) if asked.student else set()
    works = _works(handed, kept, again, not refused, [folder, to], display)
    _write(works, kept, to, display)
    kept.save([fingerprint(one.content) for one in handed])
    return 0


def _named(name: str, handed: Sequence[HandedIn]) -> set[str]:
    """The learners whose name holds this. Raises Stop if there are none."""
    students = {one.student for one in handed}
    found = {student for student in students if name.casefold() in student.casefold()}
    if not found:
        near = difflib.get_close_matches(name, students, n=1, cutoff=0.3)
        hint = f'did you mean "{near[0]}"?' if near else "look at the names of the folders"
        raise Stop(f'Nobody called "{name}" has handed in.', hint)
    return found


def _works(
    handed: Sequence[HandedIn],
    kept: Kept,
    again: set[str],
    shut_in: bool,
    hidden: Sequence[Path],
    display: Display,
) -> list[Work]:
    """What came of each file; only those that are new, or asked for again, are run."""
    asks = exercises(COURSE / "exercises")
    done: dict[int, Work] = {}
    todo: list[tuple[int, Submission, Sheet]] = []
    for number, one in enumerate(handed):
        submission, fault = _read(one, asks)
        if submission is None:
            done[number] = Work(one, "", Graded((), (fault,)))
            continue
        known = kept.graded(fingerprint(one.content))
        if known and one.student not in again:
            done[number] = Work(one, submission.chapter, known)
        else:
            todo.append((number, submission, sheet(asks[submission.chapter], submission)))
    for place, looked in class_run.look_at([row[-1] for row in todo], hidden, shut_in):
        number, submission, asked = todo[place]
        one = handed[number]
        if isinstance(looked, Exception):
            graded = Graded((), (f"It could not be graded: {type(looked).__name__}: {looked}.",))
        else:
            marks, notes = class_run.mark(asked, submission, looked)
            graded = Graded(tuple(marks), tuple(notes))
            kept.remember(fingerprint(one.content), graded)
        done[number] = Work(one, submission.chapter, graded)
        display.show(_bar(len(done), len(handed), one.student))
    display.close()
    unchanged = len(handed) - len(todo)
    display.say(
        f"{len(todo)} graded" + (f", {unchanged} as before or unreadable." if unchanged else ".")
    )
    return [done[number] for number in sorted(done)]


def _read(one: HandedIn, asks: Mapping[str, Exercise]) -> tuple[Submission | None, str]:
    """The submission, or why there is none, in a sentence."""
    try:
        submission = read(one.content)
    except Unreadable as fault:
        return None, str(fault)
    if submission.chapter not in asks:
        return None, "No exercise of the course is checked in this notebook."
    return submission, ""


def _bar(done: int, of: int, last: str) -> str:
    width = 24
    full = done * width // of
    return f"[{'#' * full}{'.' * (width - full)}] {done} of {of}  {last}"


def _write(works: Sequence[Work], kept: Kept, to: Path, display: Display) -> None:
    """All tables and pages."""
    asks = exercises(COURSE / "exercises")
    counted = one_each(works)
    rows = [(work.handed.student, work.graded.marks) for work in counted]
    lines = [
        (w.handed.student, w.handed.contact, _name(w, asks), w.graded.marks, w.graded.notes)
        for w in counted
    ]
    written = [
        kept.write("answers.csv", tables.answers(rows)),
        kept.write("totals.csv", tables.all_totals(lines)),
    ]
    for student in dict.fromkeys(work.handed.student for work in counted):
        own = [w for w in counted if w.handed.student == student and w.graded.marks]
        if own:
            pages = [(asks[work.chapter], work.graded.marks) for work in own]
            name = f"feedback/{_file_name(student)}.html"
            kept.write(name, feedback_page.feedback_page(student, pages))
    places = overview.Places(COURSE / "notebooks", to)
    for chapter, exercise in asks.items():
        marks = [w.graded.marks for w in counted if w.chapter == chapter and w.graded.marks]
        if not marks:
            continue
        found = overview.results(exercise, marks, places.lessons)
        name = overview.name_of(exercise)
        page = overview.as_html(exercise, found, len(marks), places)
        written.append(kept.write(f"{name}.html", page))
        kept.write(f"{name}.md", overview.as_markdown(exercise, found, len(marks), places))
    display.say("\n".join(["Written:", *(f"  {quoted(path)}" for path in written)]))
    display.say(f"  {quoted(to / 'feedback')}: a page for each learner")
    for work in counted:
        for note in work.graded.notes:
            display.say(f"  to look at: {work.handed.path}: {note}")


def one_each(works: Sequence[Work]) -> list[Work]:
    """Of what somebody handed in twice for a chapter, the better one, with a note."""
    found: dict[tuple[str, str], Work] = {}
    for work in works:
        key = (work.handed.student, work.chapter or work.handed.path)
        other = found.get(key)
        if other is None:
            found[key] = work
            continue
        better, worse = (work, other) if work.points > other.points else (other, work)
        note = f"Handed in twice: {better.handed.path} counts, {worse.handed.path} does not."
        notes = (*better.graded.notes, note)
        found[key] = Work(better.handed, better.chapter, Graded(better.graded.marks, notes))
    return list(found.values())


def _name(work: Work, asks: Mapping[str, Exercise]) -> str:
    return asks[work.chapter].name if work.chapter in asks else work.handed.path


def _file_name(student: str) -> str:
    """A learner's name as that of a file, on any system."""
    kept = "".join(letter if letter.isalnum() or letter in " ._-@" else "_" for letter in student)
    return kept.strip(" .")[:80] or "learner"


def main() -> int:
    """Run what stands on the command line; every failure is a sentence."""
    try:
        return run(sys.argv[1:])
    except Stop as failure:
        print(failure, file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        print("\nStopped. What was graded so far is graded anew next time.", file=sys.stderr)
        return 130
