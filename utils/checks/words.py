"""What the checks say whatever was asked, and how they write numbers and places.

Each message for an answer that is not right has 30 to 90 words, says what was found and ends on a
question or a next step. None contains an answer. What one kind of answer alone says stands in its
file in `kinds/`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from utils import numerals
from utils.checks.failure import Failure
from utils.checks.reading import TOO_LARGE, Kind, Reading
from utils.running import Reason

DIGITS = 6  # so many significant ones: a learner compares them with what Python prints

# --- numbers and places ---


def number(value: float) -> str:
    """Six significant digits and a true minus sign."""
    if math.isnan(value):
        return "`nan` (not a number)"
    if math.isinf(value):
        return "plus infinity" if value > 0 else "minus infinity"
    return numerals.number(value, DIGITS, tiny=0)


def exact(given: Reading, truth: float) -> str:
    """A number with as many digits as it takes to see that it is not `truth`."""
    if TOO_LARGE in given.name:
        return as_read(given)
    value = given.values[0]
    short = number(value)
    return short if short != number(truth) else numerals.number(value, 12, tiny=0)


def decimal(value: float) -> str:
    """A tolerance as a learner reads it: 0.000001, not 1e-06."""
    if value < 1e-12:
        return numerals.number(value, DIGITS, tiny=0)
    return f"{value:.12f}".rstrip("0").rstrip(".")


def several(values: Sequence[float], shape: tuple[int, ...]) -> str:
    """A number, or a list of which at most six entries are shown."""
    if shape == ():
        return number(values[0])
    shown = ", ".join(number(value) for value in values[:6])
    return f"[{shown}, …]" if len(values) > 6 else f"[{shown}]"


def as_read(given: Reading) -> str:
    """What was read of a number or of several, or why it is not written down."""
    if TOO_LARGE in given.name:
        return given.name
    return several(given.values, () if given.is_number else given.shape)


def counted(shape: tuple[int, ...]) -> str:
    """A shape in words: "1 number", "2 × 3 numbers"."""
    if shape in ((), (1,)):
        return "1 number"
    return f"{' × '.join(map(str, shape))} numbers"


def place(names: Sequence[str], arguments: Sequence[Any], typed: bool = False) -> str:
    """Where a function was tried: "x = 2, h = 0.1". Functions among the inputs are left out.

    typed: write "x = 2.0" where it was a float, since an error may come from that.
    """
    parts = [
        f"{name} = {_nested(argument, typed)}"
        for name, argument in zip(names, arguments, strict=False)
        if not callable(argument)
    ]
    return ", ".join(parts) or "the first input"


def _nested(argument: Any, typed: bool) -> str:
    """A number, a text, or a list of such, of any depth: "[1, 2]", "[[1, 2], [3, 4]]"."""
    if isinstance(argument, str):
        return repr(argument)
    try:
        items = list(argument)
    except TypeError:
        shown = number(float(argument))
        whole = typed and isinstance(argument, float) and shown.lstrip("−").isdigit()
        return f"{shown}.0" if whole else shown
    shown = ", ".join(_nested(item, typed) for item in items[:6])
    return f"[{shown}, …]" if len(items) > 6 else f"[{shown}]"


def clipped(text: str, length: int = 70) -> str:
    """A text on one line, to stand between backticks: no longer than `length`."""
    text = " ".join(text.replace("`", "'").split())
    return text if len(text) <= length else text[: length - 1] + "…"


# --- what to do next ---


DRAWN = "practice:"  # what the id of a problem begins with that practice draws


def first_step(question_id: str) -> str:
    """For those who have not begun."""
    if question_id.startswith(DRAWN):
        return "For a first step, press **Hint**."
    return f'For a first step, run `hint("{question_id}")`.'


def next_step(question_id: str) -> str:
    """For those who are on their way."""
    if question_id.startswith(DRAWN):
        return "**Hint** shows a next step."
    return f'`hint("{question_id}")` shows a next step.'


# --- not attempted ---


def empty(question_id: str) -> str:
    """Nothing has been answered yet."""
    return (
        "There is no answer here yet, and that is fine. Put yours where the `...` stands and run "
        "the cells again. If a function of yours made it, does that function end with `return`? "
        f"{first_step(question_id)}"
    )


# --- another type ---


def something_else(seen: Reading, asked: str) -> str:
    """What was given is no number, and no text or function of which a kind says more."""
    match seen.kind:
        case Kind.NOTHING:
            return (
                f"You gave {seen.name}, and the question asks for {asked}. An empty place like "
                "this often comes from a function that shows its result with `print` and has no "
                "`return`. Does the function that made it return what it works out?"
            )
        case Kind.TRUTH:
            return (
                f"You gave {seen.name}, the result of a comparison, and the question asks for "
                f"{asked}. A comparison such as `a == b` answers with yes or no and keeps the "
                "value to itself. Which side of your comparison is the value you want?"
            )
        case Kind.GRAPH:
            return (
                "You gave a tensor that still carries its graph: the record PyTorch keeps so that "
                f"it can go backward. The question asks for {asked}, free of that record. What do "
                "`.item()` and `.detach()` do, and which of them fits here?"
            )
        case Kind.COMPLEX:
            return (
                f"You gave {seen.name}, with a real and an imaginary part, and the question asks "
                f"for {asked}. Python makes such a number when a negative value is raised to a "
                "fraction. Which base in your line may turn negative?"
            )
        case Kind.LAZY:
            return (
                f"You gave {seen.name}: a promise to work things out later, not the values "
                f"themselves. The question asks for {asked}. Python does the work when you put "
                "`list(...)` around it. What do you see when you print that list?"
            )
        case Kind.WIDGET:
            return (
                f"You gave {seen.name} itself, and the question asks for {asked}. The slider "
                "carries its number inside: you get it with `.value` at the end of the slider's "
                "name. What do you see when you print that?"
            )
    return (
        f"You gave {seen.name}, and the question asks for {asked}. I cannot turn the one into the "
        "other without guessing what you meant. Print what you have and look at it: where in it "
        "is the part that the question asks for?"
    )


# --- errors and endless code ---

ERRORS: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        ZeroDivisionError,
        "",
        "It divides by something that is zero at that moment, and no number is the result of "
        "that. Which part of the line stands under the fraction line, and when does it become "
        "zero?",
    ),
    (
        UnboundLocalError,
        "",
        "It uses a name before the function has given it a value. A name that gets a value "
        "somewhere inside a function belongs to that function alone. Where should it get its "
        "first value?",
    ),
    (
        NameError,
        "",
        "It uses a name that Python does not know at this point. The name may be spelled "
        "differently, need an import, or belong to a cell that has not been run. Where does this "
        "name get its value?",
    ),
    (
        TypeError,
        "NoneType",
        "Something in it is `None`, which is what a function gives back when it has no `return`. "
        "Nothing can be computed with it. Which call in this line gives back nothing?",
    ),
    (
        TypeError,
        "not callable",
        "It puts brackets behind something that is not a function, which means a call to Python. "
        "Between a number and a bracket, a product needs its `*`. Is a sign missing there, or "
        "does a number carry a function's name?",
    ),
    (
        TypeError,
        "argument",
        "It calls a function with more or fewer inputs than that function takes. Look at the "
        "line where the function begins: how many inputs does it name, and how many does your "
        "call give?",
    ),
    (
        TypeError,
        "interpreted as an integer",
        "It needs a whole number there and got a decimal one, and for Python even 3.0 is decimal. "
        "`range` and places in a list take whole ones only. Does the line need to count at all, or "
        "can the rule be written without that?",
    ),
    (
        TypeError,
        "",
        "It puts two things together that do not go together, such as a text and a number, or a "
        "list and a number. What type is each part of the line? `type(...)` tells you. Which one "
        "surprises you?",
    ),
    (
        ValueError,
        "math domain|expected a .*input",
        "A function such as the square root or the logarithm got an input for which it has no "
        "value, often a negative number or zero. Which value reaches it here, and should it "
        "come this far?",
    ),
    (
        ValueError,
        "",
        "A function got an input of the right kind with a value it cannot work with. Print that "
        "value in the line before: is it the one you expected to find there?",
    ),
    (
        IndexError,
        "",
        "It asks for a place in a list that the list does not have. Places are counted from 0, so "
        "the last one is one less than the length. Which place does the line ask for, and how "
        "long is the list?",
    ),
    (
        KeyError,
        "",
        "It looks up a key that is not in the dictionary. Keys must agree to the letter, with "
        "capitals and spaces. Which keys are there when you print the dictionary?",
    ),
    (
        AttributeError,
        "",
        "It asks an object for something after the dot that this kind of object does not have. "
        "The name may be misspelled, or the object may be of another kind than you think. What "
        "does `type(...)` say about it?",
    ),
    (
        RecursionError,
        "",
        "Your function calls itself again and again, and nothing makes it stop. Somewhere it "
        "needs an input for which it answers at once, without a further call. Did you mean to "
        "call itself, or another function?",
    ),
    (
        OverflowError,
        "",
        "A number grew beyond what the computer can hold, about 1 with 308 zeros. Values like "
        "that come from a power, an exponential or steps that grow and grow. Which value in the "
        "line runs away?",
    ),
    (
        ImportError,
        "",
        "It asks for a package, or a name in a package, that Python cannot find here. Check the "
        "spelling first. A package of your own choice may not be installed. Can the tools of the "
        "course do the same?",
    ),
    (
        MemoryError,
        "",
        "It asks for more memory than the computer has left. A list or an array became far larger "
        "than this question needs. How many entries does it have, and how many should it have?",
    ),
    (
        AssertionError,
        "",
        "A condition that you wrote yourself turned out false there, and so your `assert` did its "
        "work. Which value did it find, and is the condition wrong or the value?",
    ),
    (
        SystemExit,
        "",
        "It asks Python to quit, which would end the notebook's kernel, so I held it back. A "
        "function hands back its value with `return`. What should happen in place of quitting?",
    ),
)
_ANY_ERROR = (
    "Python met something there that it could not carry out. Read the name of the error and the "
    "words behind it, then the line once more from left to right. Which part of it could be "
    "meant?"
)


def error(failure: Failure, where: str) -> str:
    """The learner's code raised: where, the line, the exception's own words, plain words."""
    meaning = next(
        (
            words
            for known, pattern, words in ERRORS
            if failure.is_a(known) and re.search(pattern, failure.said)
        ),
        _ANY_ERROR,
    )
    quoted = f"your line `{clipped(failure.line)}` stops" if failure.line else "your code stops"
    # Where Python's words add nothing to ours they are left out: they change between versions.
    dull = any(map(failure.is_a, (ArithmeticError, RecursionError, MemoryError)))
    plain = dull or not failure.said
    words = failure.name if plain else f"{failure.name}: {clipped(failure.said, 90)}"
    start = f"At {where}, {quoted}" if where else quoted[0].upper() + quoted[1:]
    return f"{start} with `{words}`. {meaning}"


def stopped(why: Reason, where: str, seconds: float) -> str:
    """The learner's code ran into a limit."""
    start = f"At {where}, your code" if where else "Your code"
    match why:
        case "wait":
            return (
                f"{start} was waiting for something, and still was after {number(seconds)} "
                "seconds, so I stopped it. Calls such as `input()` and `time.sleep(…)` wait, and "
                "while a check runs nobody is there to answer. Which line waits, and does the "
                "question need it?"
            )
        case "memory":
            return (
                f"{start} was taking more and more memory, so I stopped it before the computer "
                "could run out. Look for a list that grows in every round of a loop, or for a "
                "function that calls itself without end. Which of your values grows, and where "
                "should it stop growing?"
            )
        case "import":
            return (
                f"{start} spent more than a minute in an `import`, so I stopped it. A file of "
                "your own that is imported runs from its first line to its last: is there a loop "
                "in it that never ends? If it was a package, restart the kernel before you use "
                "it. Which import takes so long?"
            )
    return (
        f"{start} was still running after {number(seconds)} seconds, so I stopped it. Look for a "
        "loop whose condition never turns false, or for a very large number of rounds. Which "
        "value should change from round to round so that the loop comes to an end?"
    )


# --- numbers that are not the truth ---


def imprecise(said: str, tolerance: float, because: str) -> str:
    """Close, and outside the tolerance."""
    return (
        f"{said} That is close to the value asked for. I accept an error of at most "
        f"{decimal(tolerance)} here, because {because}. Digits get lost when you round on the way, "
        "when a step in a method is too large, or when you work out something near by, such as a "
        "limit in place of a quotient. Which of these is it in yours?"
    )


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: "`w`, `x` and `b`"."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


def single_value(names: Sequence[str]) -> str:
    """One value was given where a rule was asked, which has inputs of these names."""
    inputs = listed(names)
    as_what = "the input" if len(names) == 1 else "the inputs"
    return (
        "You answered with one single value. The question asks for a rule that answers everywhere: "
        "give it any input, and it gives back the value there. How would you write yours with "
        f"{inputs} as {as_what}, so that it works anywhere?"
    )


# --- a fault of ours ---


def stumbled(kind: str) -> str:
    """The check itself failed."""
    return (
        f"The check itself ran into a problem ({kind}), so your answer has not been judged. This "
        "is a fault of the course and not yours. Please go on with the next exercise, and tell "
        "whoever gave you the course the id of this one."
    )
