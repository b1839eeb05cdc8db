"""What the checks say when no catalogued mistake applies: one message for each situation.

Each message for an answer that is not right has 30 to 90 words, says what was found and ends on a
question or a next step. None contains an answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from utils.checks.reading import Kind, Reading

# ---- numbers and places --------------------------------------------------------------------------


def number(value: float) -> str:
    """Six significant digits, without a trailing ``.0`` and without a negative zero."""
    if math.isnan(value):
        return "`nan` (not a number)"
    if math.isinf(value):
        return "plus infinity" if value > 0 else "minus infinity"
    return f"{value + 0.0:.6g}"


def exact(value: float, truth: float) -> str:
    """``value`` with as many digits as it takes to see that it is not ``truth``."""
    short = number(value)
    return short if short != number(truth) else f"{value:.12g}"


def decimal(value: float) -> str:
    """A tolerance as a learner reads it: 0.000001, not 1e-06."""
    return f"{value:.12f}".rstrip("0").rstrip(".") if value >= 1e-12 else f"{value:g}"


def several(values: Sequence[float], shape: tuple[int, ...]) -> str:
    """A number, or a list of which at most six entries are shown."""
    if shape == ():
        return number(values[0])
    shown = ", ".join(number(value) for value in values[:6])
    return f"[{shown}, …]" if len(values) > 6 else f"[{shown}]"


def setting(value: float | str | bool) -> str:
    """What a slider, a toggle or a dropdown stands at: 0.5, "on" or the text itself."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else number(value)


def place(names: Sequence[str], arguments: Sequence[Any]) -> str:
    """Where a function was tried: "x = 2, h = 0.1". Functions among the inputs are left out."""
    parts = []
    for name, argument in zip(names, arguments, strict=False):
        if isinstance(argument, (int, float)):
            parts.append(f"{name} = {number(float(argument))}")
        elif not callable(argument):
            parts.append(f"{name} = {_nested(argument)}")
    return ", ".join(parts) or "the first input"


def _nested(argument: Any) -> str:
    """A number, a text, or a list of such, of any depth: "[1, 2]", "[[1, 2], [3, 4]]"."""
    if isinstance(argument, str):
        return repr(argument)
    try:
        items = list(argument)
    except TypeError:
        return f"{float(argument):.6g}"
    shown = ", ".join(_nested(item) for item in items[:6])
    return f"[{shown}, …]" if len(items) > 6 else f"[{shown}]"


# ---- not attempted -------------------------------------------------------------------------------


def empty(question_id: str, what: str) -> str:
    """Nothing has been answered yet; ``what`` is the kind of answer asked."""
    start = f'For a first step, run `hint("{question_id}")`.'
    match what:
        case "Function":
            return (
                "This function is still empty, and that is a fine place to start. Write its body "
                f"where the `...` stands, end it with `return`, and run the cells again. {start}"
            )
        case "Choice":
            return (
                "You have not chosen yet. Put the letter of one option in quotes where the `...` "
                "stands. A guess that you have made teaches more than an answer that you have "
                "read."
            )
        case "Live":
            return (
                "The figure still stands as it began. Move a slider or drag a point until you "
                f"think it is right, then run this cell again. {start}"
            )
    return (
        "There is no answer here yet, and that is fine. Put yours where the `...` stands and run "
        "the cells again. If a function of yours made it, does that function end with `return`? "
        f"{start}"
    )


# ---- type and shape ------------------------------------------------------------------------------


def not_a_number(seen: Reading, unit: str) -> str:
    """Something else was given where one number was asked."""
    asked = f"one number, in {unit}" if unit else "one number"
    match seen.kind:
        case Kind.FUNCTION:
            return (
                f"You gave {seen.name} itself, and the question asks for {asked}. A function is a "
                "recipe; it gives a number when you call it with an input in brackets, as in "
                "`f(2)`. Which input does the question ask about?"
            )
        case Kind.TEXT:
            return (
                f"You gave a text, and the question asks for {asked}. What stands between quotes "
                "is a row of letters for Python, even if it looks like a number, and it cannot be "
                "compared with one. What happens if you take the quotes away?"
            )
        case Kind.NUMBERS:
            return (
                f"You gave {seen.name} of {_shape(seen.shape)}, and the question asks for {asked}. "
                "A comma between digits makes two numbers of them, since Python writes decimals "
                "with a point. Is there a comma too many, or which one of your numbers is "
                "meant?"
            )
    return _general(seen, asked)


def not_a_function(seen: Reading, names: Sequence[str]) -> str:
    """Something else, and not a number, was given where a function was asked."""
    if seen.kind is Kind.TEXT:
        return (
            "You gave a text, and the question asks for a function. Python cannot run what stands "
            f"between quotes. Take the quotes away and put your formula behind "
            f"`lambda {', '.join(names)}:` or into a `def` that ends with `return`. Which of the "
            "two do you want to use?"
        )
    return (
        f"You gave {seen.name}, and the question asks for a function: a recipe that takes "
        f"`{', '.join(names)}` and returns a value. Hand over the function by its name, with no "
        "brackets behind it, so that I can try it at several inputs. What is yours called?"
    )


def not_numbers(seen: Reading, count: int) -> str:
    """Something else was given where an array was asked."""
    asked = f"{count} numbers in a list or an array"
    if seen.kind is Kind.FUNCTION:
        return (
            f"You gave {seen.name} itself, and the question asks for {asked}. Call your function "
            "once for each input and collect what it returns, for example as "
            "`[f(x) for x in xs]`. Which inputs does the question name?"
        )
    return _general(seen, asked)


def wrong_count(seen: Reading, shape: tuple[int, ...]) -> str:
    """Numbers were given, but in another shape."""
    if seen.shape == ():
        return (
            f"You gave the single number {number(seen.values[0])}, and the question asks for "
            f"{shape[0]} numbers, in order, in a list such as `[1, 2, 3]` or in an array. One of "
            "them may be right already. Which inputs are still without their number?"
        )
    return (
        f"You gave {seen.name} of {_shape(seen.shape)}, and the question asks for "
        f"{_shape(shape)}. Count the inputs in the statement, and remember that a range leaves "
        "out its last number. Which of the inputs has no number yet, or which number has no input?"
    )


def _shape(shape: tuple[int, ...]) -> str:
    if shape in ((), (1,)):
        return "1 number"
    return f"{' × '.join(map(str, shape))} numbers"


def _general(seen: Reading, asked: str) -> str:
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


def returned(
    seen: Reading, where: str, shape: tuple[int, ...], unfinished: str, what: str = "function"
) -> str:
    """A function returned something that is not a number.

    ``unfinished`` is "" or, where it returned nothing, "prints", "some" or "all"; ``what`` is the
    function's name in the message.
    """
    match unfinished:
        case "prints":
            return (
                f"Your {what} prints something and gives back nothing: its result is `None`. "
                "`print` shows a value to you, while `return` hands it to whoever called the "
                "function, and the next line of code needs that. Does your function return what "
                "it prints?"
            )
        case "some":
            return (
                f"At {where}, your {what} gives back nothing (`None`), though at other inputs "
                "it returns a value. Follow this one input from the first line to the last, and "
                "at each `if` take the way it would take. Does every way end in a `return`?"
            )
        case "all":
            return (
                f"Your {what} works something out and then gives back nothing: its result is "
                "`None`. The value is forgotten as soon as the function ends, unless the last "
                "line hands it over. Does your function return what it works out?"
            )
    if seen.kind is Kind.FUNCTION:
        return (
            f"At {where}, your {what} gives back a function, not a value. That happens when the "
            "brackets are missing behind a name, as in `return f` where `return f(x)` is meant, "
            "or when one function stands inside another. Which call is still to be made?"
        )
    if seen.kind is Kind.NUMBERS and shape == ():
        return (
            f"At {where}, your {what} gives back {seen.name} of {_shape(seen.shape)}, and the "
            "question asks for one number. A comma at the end of the `return` line makes a tuple, "
            "and square brackets make a list. Which part of your line packs the number up?"
        )
    if seen.kind is Kind.NUMBERS:
        found = "a single number" if seen.shape == () else f"{seen.name} of {_shape(seen.shape)}"
        return (
            f"At {where}, your {what} gives back {found}, and the question asks for "
            f"{_shape(shape)} in order. Print what it returns for one small input and compare it "
            "with the statement: which parts are missing or too many?"
        )
    asked = "one number" if shape == () else _shape(shape)
    return _general(seen, asked).replace("You gave", f"At {where}, your {what} gives back", 1)


def inputs_differ(theirs: str, names: Sequence[str], call: str = "") -> str:
    """A function takes another number of inputs than the question calls it with."""
    call = call.strip("`") or f"f({', '.join(names)})"
    count = "one input" if len(names) == 1 else f"{len(names)} inputs"
    return (
        f"I call your function as `{call}`, with {count}, and yours takes {theirs}. Python stops "
        "when the two do not fit. Look at the line that begins with `def` or `lambda`: which name "
        "is missing there, or which one could get a value inside the function?"
    )


def second_call(call: str, names: Sequence[str]) -> str:
    """`derivative(f)(x)`, from `derivative(f)` and the name x."""
    return f"`{call.strip('`')}({', '.join(names)})`"


def first_place(call: str, names: Sequence[str], arguments: Sequence[Any]) -> str:
    """Where the first of two calls was tried: "the first call, `derivative(f)`"."""
    at = "" if all(map(callable, arguments)) else f" with {place(names, arguments)}"
    return f"the first call, {call}{at}"


def second_place(call: str, names: Sequence[str], arguments: Sequence[Any]) -> str:
    """Where the second of two calls was tried: "x = 3 in the second call, `derivative(f)(x)`"."""
    return f"{place(names, arguments)} in the second call, {second_call(call, names)}"


def made_no_function(call: str, seen: Reading, names: Sequence[str]) -> str:
    """The first of two calls gives back something that cannot be called."""
    if seen.kind is Kind.NOTHING:
        return (
            f"Your {call} gives back nothing (`None`), so it cannot be called as "
            f"{second_call(call, names)}. A function made inside another one is forgotten at the "
            "end, unless the last line hands it over. Which name should stand behind `return`, "
            "with no brackets after it?"
        )
    given = number(seen.values[0]) if seen.is_number else seen.name
    return (
        f"Your {call} gives back {given}, and the question asks for a function there: one that "
        f"waits for `{', '.join(names)}`, as in {second_call(call, names)}. Where could "
        f"`{', '.join(names)}` become the input of an inner function, and what does the last line "
        "return then?"
    )


def takes_all_at_once(call: str, theirs: str, names: Sequence[str]) -> str:
    """A function that should give back a function wants the inputs of both calls at once."""
    return (
        f"I call yours as {call}, and it takes {theirs} at once. So there is no function yet that "
        f"waits for `{', '.join(names)}`. Where in yours could `{', '.join(names)}` become the "
        "input of an inner function, and what does the last line return then?"
    )


def second_inputs_differ(call: str, theirs: str, names: Sequence[str]) -> str:
    """The function that was given back takes another number of inputs than it is called with."""
    return (
        f"The first call, {call}, works and gives back a function. The second call is "
        f"{second_call(call, names)}, and the function that came back takes {theirs}. Look at "
        "the inner `def` or `lambda`: which inputs does it still need, and which does it know "
        "already from the outer one?"
    )


def unreadable_formula(problem: str, text: str, names: Sequence[str]) -> str:
    """A text that is not a formula."""
    example = f"3*{names[0]}**2 + 1"
    return (
        f"I cannot read `{_clip(text)}` as a formula. {problem} Write it as you would in Python "
        f'or on paper, between quotes: both "{example}" and "3{names[0]}^2 + 1" work. How would '
        "you write yours with those signs alone?"
    )


def not_a_formula(seen: Reading, names: Sequence[str]) -> str:
    """Something else was given where a formula was asked."""
    return (
        f"You gave {seen.name}, and the question asks for a formula as a text in quotes, such as "
        f'"3*{names[0]}**2 + 1". I read the text and try it at several values, so it need not look '
        f"like mine. What would you write on paper, with `{names[0]}` in it?"
    )


def no_option(given: str, options: dict[str, str]) -> str:
    """A choice that is not among the options."""
    letters = [f"`{letter}`" for letter in options]
    return (
        f"You gave {given}, and the options here are {', '.join(letters[:-1])} and {letters[-1]}. "
        "Write the letter of one option as a text, with quotes around it, such as "
        f'`"{next(iter(options))}"`; capital letters and spaces do not matter. Which of them do '
        "you expect?"
    )


def no_live_figure(given: str) -> str:
    """Something else was given where a live figure was asked."""
    return (
        f"You gave {given}, and the question asks for the live figure itself. Store the figure "
        "under a name when you make it, as in `view = explore_secant(f)`, show it, move its "
        "sliders, and hand over that name. Which cell makes your figure?"
    )


def other_figure(controls: str) -> str:
    """A live figure was given, and not the one of the question."""
    return (
        f"You gave a live figure with {controls}, and that is not the figure of this question. "
        "Several figures can be open in one notebook, each under a name of its own. Which name "
        "did the cell above this check give to its figure, and which name did you hand over?"
    )


# ---- errors and endless code ---------------------------------------------------------------------

_ERRORS: tuple[tuple[type[BaseException], str, str], ...] = (
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
        RuntimeError,
        "leaf Variable|does not require grad|backward through the graph",
        "PyTorch could not follow your values backward. It records only what begins with a tensor "
        "that has `requires_grad=True`, and frees the record after one `backward()`. Where does "
        "your record begin, and where is it used?",
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


def error(where: str, line: str, kind: type[BaseException], said: str) -> str:
    """The learner's code raised: where, the line, the exception's own words, plain words."""
    meaning = next(
        (
            words
            for known, pattern, words in _ERRORS
            if issubclass(kind, known) and re.search(pattern, said)
        ),
        _ANY_ERROR,
    )
    quoted = f"your line `{_clip(line)}` stops" if line else "your code stops"
    # Where Python's words add nothing to ours they are left out: they change between versions.
    plain = not said or issubclass(kind, (ArithmeticError, RecursionError, MemoryError))
    words = kind.__name__ if plain else f"{kind.__name__}: {_clip(said, 90)}"
    start = f"At {where}, {quoted}" if where else quoted[0].upper() + quoted[1:]
    return f"{start} with `{words}`. {meaning}"


def endless(where: str, seconds: float) -> str:
    """The learner's code ran into the time limit."""
    start = f"At {where}, your code" if where else "Your code"
    return (
        f"{start} was still running after {number(seconds)} seconds, so I stopped it. Look for a "
        "loop whose condition never turns false, or for a very large number of rounds. Which "
        "value should change from round to round so that the loop comes to an end?"
    )


def _clip(text: str, length: int = 70) -> str:
    text = " ".join(text.replace("`", "'").split())
    return text if len(text) <= length else text[: length - 1] + "…"


# ---- numbers that are not the truth --------------------------------------------------------------


def imprecise(said: str, tolerance: float, because: str) -> str:
    """Close, and outside the tolerance."""
    return (
        f"{said} That is close, and the idea is right. I accept an error of at most "
        f"{decimal(tolerance)} here, because {because}. Where did the last digits go: did you "
        "round on the way, or is a step in your method too large?"
    )


def factor(said: str, sign_only: bool) -> str:
    """Every value is the right one times the same number."""
    if sign_only:
        return (
            f"{said} At every point I tried, your value has the right size and the opposite sign. "
            "So one minus is missing, or one is too many. Go through your formula and ask at each "
            "difference: which comes first, and what does that do to the sign?"
        )
    return (
        f"{said} At every point I tried, your value is the right one times one and the same "
        "number. So the shape is right and only a constant is off. Which number in your formula "
        "could be missing, doubled, or in another unit?"
    )


def number_sign(said: str) -> str:
    """One number, right except for its sign."""
    return (
        f"{said} Its size is right and its sign is turned around. The sign tells whether things "
        "grow or shrink as you go to the right. Go through your differences once more: in which "
        "order did you subtract, above and below?"
    )


def number_decimal_point(said: str) -> str:
    """One number, off by a power of ten."""
    return (
        f"{said} These are the right digits with the decimal point in another place. A step of "
        "0.1 or 0.01, a percent sign, or a unit such as metres for kilometres does that. By which "
        "power of ten did you divide or multiply last?"
    )


def wrong_number(said: str, question_id: str) -> str:
    """One number that matches no rival."""
    return (
        f"{said} That is not it yet, and it is not one of the slips I know by name. Write down in "
        "one line what you divided by what, or which rule you used. Does each part stand in the "
        f'statement? `hint("{question_id}")` shows a next step.'
    )


def wrong_function(said: str, right: int, tried: int, question_id: str, what: str) -> str:
    """A function or formula that matches no rival."""
    agree = f"at {right} of the {tried}" if right else "at none of the"
    return (
        f"{said} That is not the value there; it agrees {agree} points I tried. Work this one "
        f"point out by hand and write down each step: at which step does your {what} go another "
        f'way? `hint("{question_id}")` shows a next step.'
    )


def constant_function(value: str, variable: str, what: str) -> str:
    """A function that gives the same value everywhere, where the truth does not."""
    return (
        f"Your {what} gives {value} at every point I tried, whatever `{variable}` is. The question "
        "asks for something that changes from point to point. Look at what it hands back: is "
        f"`{variable}` used there, or a number that you worked out before?"
    )


def undefined(where: str, value: str, what: str) -> str:
    """nan or infinity."""
    return (
        f"At {where}, your {what} gives {value}, where the right one has an ordinary value. That "
        "comes from dividing by zero, from the root or logarithm of a negative number, or from "
        "values that grow without end. Which part of yours can do that there?"
    )


def wrong_entry(said: str, right: int, total: int, question_id: str) -> str:
    """A list in which an entry is wrong."""
    agree = f"{right} of the {total} numbers agree" if right else "None of the numbers agrees yet"
    return (
        f"{said} That one is not right. {agree}. Work this one entry out by hand, from its own "
        "input, and compare: do you use the same steps for it as for the others? "
        f'`hint("{question_id}")` shows a next step.'
    )


def wrong_option(letter: str, text: str, question_id: str) -> str:
    """A wrong option with no message of its own."""
    return (
        f"You chose `{letter}`: {text.rstrip('.')}. That is not what happens here. Say in one "
        "sentence why you chose it, then test that sentence on the smallest example that you can "
        f'work out by hand. Does it hold there? `hint("{question_id}")` shows a next step.'
    )


def wrong_position(said: str, question_id: str) -> str:
    """A live figure that is not at its goal."""
    return (
        f"{said} The figure is not there yet. Read the sentence below the figure while you move "
        "one slider at a time: which of its numbers has to change, and which slider changes it? "
        f'`hint("{question_id}")` shows a next step.'
    )


def stumbled(kind: str) -> str:
    """The check itself failed."""
    return (
        f"The check itself ran into a problem ({kind}), so your answer has not been judged. This "
        "is a fault of the course and not yours. Please go on with the next exercise, and tell "
        "whoever gave you the course the id of this one."
    )
