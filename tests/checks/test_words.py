"""All messages: short, easy to read, and able to name what they speak about."""

import re
from typing import get_args

import numpy as np

from tests.reading_ease import grade
from utils.checks import MISTAKES, probed, slips, words
from utils.checks.failure import Failure, full_name
from utils.checks.kinds import array, choice, figure, formula, function, number
from utils.checks.reading import Kind, Reading, read
from utils.checks.repairs import KNOWN_BY_REPAIR
from utils.running import Reason


def test_a_message_can_name_lists_in_lists():
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    pairs = [(1, 0.5)] * 7
    assert words.place(("X", "t"), (table, "ab")) == "X = [[1, 2], [3, 4]], t = 'ab'"
    assert words.place(("pairs",), (pairs,)).endswith("[1, 0.5], …]")


def failed(line: str, kind: type[BaseException], said: str = "") -> Failure:
    """An exception of this kind, as a check gets to know of it."""
    return Failure(line, kind.__name__, tuple(map(full_name, kind.__mro__)), said)


def every_message() -> list[str]:
    """One of each message: the catalogue's and the general ones."""
    given = [
        Reading(kind, (1.0, 2.0) if kind is Kind.NUMBERS else (), (2,), f"a {kind.value}", "text")
        for kind in Kind
        if kind is not Kind.GAP
    ]
    found = [mistake.message for mistake in MISTAKES.values()]
    for seen in given:
        found += [number.not_a_number(seen, ""), array.not_numbers(seen, "5 numbers")]
        found += [function.returned(seen, "x = 2", shape, "") for shape in ((), (2,))]
        if seen.kind is not Kind.NUMBERS:
            found += [function.not_a_function(seen, ("x",)), formula.not_a_formula(seen, ("x",))]
    found += [function.returned(given[0], "x = 2", (), why) for why in ("prints", "some", "all")]
    found += [array.wrong_count(Reading(Kind.NUMBERS, (1.0,)), (5,))]
    found += [array.wrong_count(read([1, 2]), (5,)), function.inputs_differ("`a`", ("x", "h"))]
    mended = [slips.mended([name], sure=False) for name in KNOWN_BY_REPAIR]
    general = [*(slip for slip, _ in slips.ONE_BY_ONE), slips.NOT_DIVIDED, *mended]
    found += [slip.named("You gave 7.").message for slip in general if slip]
    found += [probed.not_used(["w", "steps"])]
    found += [number.not_a_number(read(given), "m") for given in ("7", "-3x", [7], [7, 8])]
    found += [number.none_given("a.1")]
    found += [array.another_count("You gave [2, 1].", "a.1"), words.single_value(("u", "v"))]
    found += [function.wrong_loop("Your loop ends.", right, 6, "a.1") for right in (0, 2)]
    found += [function.other_end("Your loop ends.", "a.1")]
    found += [figure.figure_missing(), figure.one_notch_away("Your figure stands at x = 2.")]
    call = "`derivative(f)`"
    found += [function.made_no_function(call, seen, ("x",)) for seen in given]
    found += [function.made_no_function(call, read(4.0), ("x",))]
    found += [function.takes_all_at_once(call, "`f` and `x`", ("x",))]
    found += [function.second_inputs_differ(call, "`x` and `h`", ("x",))]
    shown = ("explore_secant", (2.5, 1.0), 7.25, 3.5)
    found += [figure.other_figure("explore_line", given) for given in ("", "explore_e", {"x": 1.0})]
    found += [figure.other_curve(", `f`,", *shown[:count]) for count in (1, 4)]
    found += [figure.other_setting("x", read(2), None), figure.other_setting("x", None, read("a"))]
    found += [figure.began_there()]
    found += [formula.unreadable_formula("Its brackets do not pair up.", "3(x", ("x",))]
    found += [choice.no_option("`d`", {"a": "", "b": ""}), figure.no_live_figure("a number")]
    found += [words.error(failed("return 1", kind), "x = 2") for kind in (OSError, EOFError)]
    for kind, said, _ in words.ERRORS:
        found.append(words.error(failed("return x", kind, said.split("|")[0] or "said"), "x = 2"))
    you = "You gave 7."
    found += [words.stopped(why, "x = 2", 5) for why in get_args(Reason) if why]
    found += [words.imprecise(you, 1e-6, "the step is that small")]
    found += [number.wrong_number(you, "slope.1")]
    found += [probed.wrong_values(you, right, 6, "slope.1", "function") for right in (0, 2)]
    found += [probed.constant_everywhere("4", "x", "function"), array.wrong_entry(you, 3, 5, "a.1")]
    found += [probed.undefined("x = 2", "`nan`", "function"), figure.wrong_position(you, "a.1")]
    return [*found, choice.wrong_option("You chose `a`: It stays.", "slope.1")]


def test_messages_are_short_and_easy_to_read():
    assert grade("The cat sat on the mat. It was fat.") < 2
    assert grade("Notwithstanding considerable methodological heterogeneity, investigations "
                 "demonstrate statistically significant correlations.") > 15  # fmt: skip
    for message in every_message():
        assert 30 <= len(message.split()) <= 90, message
        assert grade(message) <= 9, (grade(message), message)
        assert not re.search(r"\b(simply|obviously|just)\b", message)
