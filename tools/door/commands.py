"""What stands on the command line, and every failure as a sentence."""

import argparse
import difflib
import errno
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from tools.door import doctor, environment, home, lab, my_work, testing, trials
from tools.door.ending import when_asked_to_end
from tools.door.files import is_full
from tools.door.say import Stop, quoted, typed

ROOT = Path(__file__).resolve().parents[2]

COMMANDS = {
    "lab": "set up, and open your copy of chapter 00  [--class] [--no-browser] [--port N]",
    "progress": "show how far you have come",
    "questions": "for teachers: list all questions  [chapter] [--json]",
    "practice": "for teachers: a work sheet with solutions  --print chapter [--count] [--seed]",
    "plan": "for teachers: plans for 45 and 90 minutes  chapters [--to FOLDER]",
    "grade": "for teachers: mark a folder of handed-in notebooks  FOLDER [--to] [--student]",
    "slides": "for teachers: slides that move, in one file  chapters [--to FOLDER]",
    "site": "pages with nothing to install  [--to FOLDER] [--serve] [--single 04] [--notebooks]",
    "doctor": "look at everything the course needs; say how to mend what is missing",
    "repair": "make .venv anew from nothing",
    "hand-out": "for teachers: copies for a class  --to FOLDER [--without-solutions]",
    "test": "for authors: run all tests  [--quick] [--pythons] [--newest] [pytest's arguments]",
    "build": "for authors: run all notebooks, make exercises/ from solutions/  [--check]",
    "prose": "for authors: read lessons as an editor would  [chapters]",
}

_SIGNS_OF_FAILURE = {
    errno.EROFS: ("The course folder is read-only.", "copy it to a place of your own"),
    errno.EACCES: (
        "A file cannot be opened, because it belongs to another user or is in use.",
        "close JupyterLab, and look at who owns the course folder",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code. Never shows a traceback."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a letter shows "?" for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    when_asked_to_end(lambda number, _: sys.exit(128 + number))  # what it has started ends, too
    os.environ.update(home.instead(environment.venv_path(ROOT), os.environ))
    try:
        return _dispatch(words)
    except Stop as failure:
        print(failure, file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        print(f"\nStopped. To go on:  {typed(*words)}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # as with `course.py doctor | head`: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(_os_failure(error, words), file=sys.stderr)
        return 1
    except Exception:
        print(_surprise(traceback.format_exc()), file=sys.stderr)
        return 1


def usage() -> str:
    """The help: what the door can do."""
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {what}" for name, what in COMMANDS.items())
    return f"The door to the course. To begin:\n\n    {typed('lab')}\n\nAll it can do:\n{rows}"


def _dispatch(words: list[str]) -> int:
    name, *rest = words or ["help"]
    match name:
        case "help" | "--help" | "-h":
            print(usage())
            return 0
        case "lab":
            options = _lab_options(rest)
            return lab.start(ROOT, options.port, not options.no_browser, options.for_class)
        case "test":
            if request := trials.requested(rest):
                return trials.run(ROOT, request)
            return testing.run_tests(ROOT, rest)
        case "build":
            return testing.build(ROOT, rest)
        case "prose":
            return testing.prose(ROOT, rest)
        case "progress":
            _no_options(name, rest)
            return testing.progress(ROOT)
        case "questions":
            _check_questions_options(rest)
            return testing.questions(ROOT, rest)
        case "practice":
            _check_practice_options(rest)
            return testing.practice(ROOT, rest)
        case "plan":
            options = _plan_options(rest)
            return testing.plan(ROOT, options.chapters, Path(options.to))
        case "slides":
            options = _slides_options(rest)
            return testing.slides(ROOT, options.chapters, Path(options.to))
        case "site":
            _check_site_options(rest)
            return testing.site(ROOT, rest)
        case "hand-out":
            options = _hand_out_options(rest)
            parts = my_work.PARTS[:-1] if options.without_solutions else my_work.PARTS
            told = my_work.hand_out(ROOT, options.to, parts)
            print("\n".join(told) or f"The copies in {options.to} are as the course has them.")
            left = options.to / my_work.PARTS[-1]
            if options.without_solutions and left.is_dir():
                print(f"Solutions of an earlier time stay in {left}; delete it to keep them back.")
            return 0
        case "grade":
            _check_grade_options(rest)
            return testing.grade(ROOT, rest)
        case "doctor":
            _no_options(name, rest)
            return doctor.run(ROOT)
        case "repair":
            _no_options(name, rest)
            environment.rebuild(ROOT)
            print("The course is set up anew.")
            return 0
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    raise Stop(
        f'There is no command "{name}". There are: {", ".join(COMMANDS)}.',
        command=typed(*near, *rest) if near else typed("--help"),
        code=2,
    )


class _Parser(argparse.ArgumentParser):
    """argparse, but a mistake is told like every other failure."""

    def error(self, message: str):
        raise Stop(f"That was not understood: {message}.", command=f"{self.prog} --help", code=2)


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")


def _lab_options(words: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog=typed("lab"), description="Open chapter 00 in JupyterLab.")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument(
        "--class", action="store_true", dest="for_class", help="for a projector: all of it larger"
    )
    parser.add_argument("--port", type=_port, help="the port to use (8888, or the next free one)")
    return parser.parse_args(words)


def _check_questions_options(words: Sequence[str]) -> None:
    """A wrong option is told at once, not after a set-up; `utils.questions` knows the chapters."""
    parser = _Parser(prog=typed("questions"), description=COMMANDS["questions"])
    parser.add_argument("chapter", nargs="?", help="list this chapter only, such as slope or 01")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    parser.parse_args(words)


def _check_practice_options(words: Sequence[str]) -> None:
    """As for questions; `utils.practice` knows what may be practised."""
    parser = _Parser(prog=typed("practice"), description=COMMANDS["practice"])
    parser.add_argument("--print", required=True, metavar="CHAPTER", help="chain_rule or 07")
    parser.add_argument("--count", type=int, help="how many problems (12)")
    parser.add_argument("--level", type=int, choices=(1, 2, 3), help="of this level only")
    parser.add_argument("--seed", nargs="+", help="names; each gives a sheet of its own")
    parser.add_argument("--to", metavar="FOLDER", help="where the sheets go (here)")
    parser.parse_args(words)


def _plan_options(words: Sequence[str]) -> argparse.Namespace:
    """As for questions; `tools.plans` knows the chapters."""
    parser = _Parser(prog=typed("plan"), description=COMMANDS["plan"])
    parser.add_argument("chapters", nargs="+", help="such as 04 or derivative; all of them: all")
    parser.add_argument("--to", metavar="FOLDER", default="plans", help="where they go (plans)")
    return parser.parse_args(words)


def _check_site_options(words: Sequence[str]) -> None:
    """As for questions; `tools.site.pages` knows the chapters."""
    parser = _Parser(prog=typed("site"), description="The course as pages in a folder.")
    parser.add_argument("--to", metavar="FOLDER", help="where they go (site)")
    parser.add_argument("--serve", action="store_true", help="and show them at this computer")
    parser.add_argument("--port", type=_port, help="the port for that (8000)")
    parser.add_argument("--single", metavar="CHAPTER", help="one file of a chapter, for a disk")
    parser.add_argument("--notebooks", action="store_true", help="pages open their notebooks")
    parser.add_argument("--pyodide", metavar="FOLDER", help="Python for pages, out of this folder")
    parser.parse_args(words)


def _slides_options(words: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog=typed("slides"), description=COMMANDS["slides"])
    parser.add_argument("chapters", nargs="+", help="such as 04 or derivative; all of them: all")
    parser.add_argument("--to", metavar="FOLDER", default="slides", help="where they go (slides)")
    return parser.parse_args(words)


def _hand_out_options(words: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog=typed("hand-out"), description="Copy the notebooks for a class.")
    parser.add_argument(
        "--to", type=_folder, required=True, metavar="FOLDER", help="made if it is not there"
    )
    parser.add_argument("--without-solutions", action="store_true", help="keep those back")
    return parser.parse_args(words)


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    if folder in (ROOT, *(ROOT / part for part in my_work.PARTS)):
        raise argparse.ArgumentTypeError("the course itself stays as it is; give another folder")
    if folder.exists() and not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{quoted(folder)} is a file")
    return folder


def _check_grade_options(words: Sequence[str]) -> None:
    """As for questions; `tools.grade` knows what may be graded."""
    parser = _Parser(prog=typed("grade"), description=COMMANDS["grade"])
    parser.add_argument("folder", help="with the notebooks in any layout, or a zip file")
    parser.add_argument("--to", metavar="FOLDER", help="where the results go (beside the folder)")
    parser.add_argument("--student", metavar="NAME", help="grade this one again")
    parser.parse_args(words)


def _no_options(name: str, words: Sequence[str]) -> None:
    _Parser(prog=typed(name), description=COMMANDS[name]).parse_args(words)


def _os_failure(error: OSError, words: Sequence[str]) -> Stop:
    unknown = f"The system refused: {error.strerror or error}.", "look at what the doctor finds"
    sentence, remedy = _SIGNS_OF_FAILURE.get(error.errno or 0, unknown)
    file = f" ({error.filename})" if error.filename else ""
    if is_full(error):
        return Stop(f"The disk is full{file}.", "free 3 GB on it, then repeat", typed(*words))
    return Stop(sentence + file, remedy, typed("doctor"))


def _surprise(report: str) -> Stop:
    """An error that nobody foresaw: a file with the details, and a sentence."""
    sentence = f"The course met an error of its own: {report.strip().splitlines()[-1]}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="course-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            log.write(report)
    except OSError:
        return Stop(sentence, command=typed("doctor"))
    return Stop(
        sentence,
        f"the details, for those who mend the course, are in {quoted(log.name)}; for you",
        typed("doctor"),
    )
