"""The catalogue of mistakes: every misconception a check can name, one entry each.

An entry is plain text, meant to be read and edited by teachers. A question points at an entry by
its id and adds the *rival*: the answer that somebody with this misconception would give
(`Rival("value-for-slope", lambda x: x**2)`). A question may also replace the message.

A message has 30 to 80 words, says what such an answer computes, and ends on the question that
leads on. It never contains an answer, so it must hold for every question that uses it. What the
learner gave ("You gave 9.") is put in front of it by the kind of answer.
"""

from __future__ import annotations

from dataclasses import dataclass

ORTON = (
    "Orton, A. (1983). Students' understanding of differentiation. "
    "Educational Studies in Mathematics 14(3), 235-250."
)
BEICHNER = (
    "Beichner, R. J. (1994). Testing student interpretation of kinematics graphs. "
    "American Journal of Physics 62(8), 750-762."
)
CLARK = (
    "Clark, J. M. et al. (1997). Constructing a schema: The case of the chain rule? "
    "Journal of Mathematical Behavior 16(4), 345-364."
)
LEINHARDT = (
    "Leinhardt, G., Zaslavsky, O., Stein, M. K. (1990). Functions, graphs, and graphing: tasks, "
    "learning, and teaching. Review of Educational Research 60(1), 1-64."
)


@dataclass(frozen=True)
class Mistake:
    """One misconception.

    id: the name questions and tests use, in lower case with hyphens.
    name: the name a teacher would say.
    looks_like: the rival answer it leads to, in words or as a formula.
    message: what the learner reads, 30 to 80 words, ending on a question.
    source: where the literature describes it; empty if we know it only from practice.
    """

    id: str
    name: str
    looks_like: str
    message: str
    source: str = ""


_ENTRIES = (
    # --- wherever numbers are asked ---
    Mistake(
        "sign-dropped",
        "The sign dropped everywhere",
        "abs(value), where the value was asked",
        "The sizes are right everywhere, and where the right value is below zero yours is above. "
        "`abs(…)` does that, and so does the root of a square. A minus tells which way things go, "
        "and here it belongs to the answer. Where in yours does it get lost?",
    ),
    Mistake(
        "sign-turned",
        "All signs turned around",
        "−value, where the value was asked",
        "The size is right and the sign is turned around. So one minus is missing, or one is too "
        "many: a minus is soon lost on the way, and a difference in the other order makes one. Ask "
        "at each difference which comes first: where did your sign come from?",
    ),
    Mistake(
        "factor-of-two",
        "Twice or half of it",
        "2 · value or value / 2",
        "All has the right shape, and a two is in the wrong place: yours is twice or half of what "
        "it should be. A way that counts double, a mean that was not taken, or a square that lost "
        "its 2 does that. Which two in yours is missing, or one too many?",
    ),
    Mistake(
        "constant-factor",
        "The same number too much everywhere",
        "c · value, with the same c everywhere",
        "At every point I tried, your value is the right one times one and the same number. So the "
        "shape is right and only a constant is off. Which number in your formula could be missing, "
        "doubled, or in another unit?",
    ),
    Mistake(
        "per-cent-for-share",
        "Per cent and share mixed up",
        "100 · value, or value / 100",
        "Everywhere, between your values and the right ones stands a factor of one hundred. That "
        "happens where one counts in per cent and the other in shares of the whole: a quarter is "
        "twenty-five of a hundred. Which of the two does the question ask for, and which is yours?",
    ),
    Mistake(
        "decimal-point",
        "The decimal point in another place",
        "10 · value, value / 100, …",
        "These are the right digits with the decimal point in another place. A step of 0.1 or "
        "0.01, a percent sign, or a unit such as metres for kilometres does that. By which power "
        "of ten did you divide or multiply last?",
    ),
    Mistake(
        "reciprocal",
        "The fraction upside down",
        "1 / value",
        "Your fraction is upside down: yours is one divided by what is asked. That happens when "
        "the two parts of a quotient change places, or when a rate is read as the time for one "
        "step. Say it in words, so much for each of these: which part belongs below?",
    ),
    Mistake(
        "rounded-early",
        "Rounded too early",
        "round(value, 2), where more digits were asked",
        "These are the right values, rounded. So your way is right, and digits were lost on it, by "
        "a `round(…)` or by typing in what was printed. Round only at the very end, if at all: in "
        "which line, or with which number, did the last digits go?",
    ),
    Mistake(
        "order-reversed",
        "The list from its end",
        "value[::-1]",
        "These are the right numbers from the last to the first. The order is turned around as a "
        "whole, as it happens to a list that is filled on the way back. Which end does the "
        "question begin with, and with which end does yours begin?",
    ),
    Mistake(
        "another-order",
        "The right numbers in another order",
        "a permutation of the list",
        "These are the right numbers, in another order than the question asks for. Read the end "
        "of the statement once more and write beside each of your numbers what it stands for. "
        "What comes first, and what comes after it?",
    ),
    Mistake(
        "shifted-by-one",
        "Shifted by one place",
        "value[1:] or [0] + value[:-1]",
        "These are the right numbers, one place too early or too late: all of them are shifted. "
        "Places in a list are counted from 0, and the first number stands for the first input, "
        "before any step is taken. What belongs in the very first place?",
    ),
    Mistake(
        "term-lost",
        "A term is lost",
        "one summand left out",
        "All of it is right but for one part of the sum, which is missing in yours. Where things "
        "are added, each of them brings a part of its own, and nothing may fall away unless it is "
        "zero. Go through the sum part by part: which one left no trace in yours?",
    ),
    Mistake(
        "factor-lost",
        "A factor is lost",
        "one factor or divisor left out",
        "All of it is right but for one factor, which is missing in yours. What is multiplied or "
        "divided stays in the formula, unless a rule takes it away. Write down the pieces of the "
        "right rule one below the other: which of them do you not find in yours?",
    ),
    # --- in the code of a function ---
    Mistake(
        "caret-for-power",
        "`^` for a power",
        "x ^ 2, where x ** 2 is meant",
        "In Python `^` raises nothing to a power: it compares the bits of two whole numbers, and "
        "decimals have none to compare. A power is written with two stars, as in `x**2`. Which "
        "sign stands in your line, and which one did you mean?",
    ),
    Mistake(
        "print-for-return",
        "print for return",
        "print(value), where return value was asked",
        "Your function prints its result and gives back nothing. `print` shows a value to you, "
        "while `return` hands it to whoever called the function. Which of the two does the next "
        "line of code need, and what should stand in place of your `print`?",
    ),
    Mistake(
        "example-number",
        "The number of an example typed in",
        "f(2), whatever x is",
        "Your function works with a number that is typed into it, where it should use what is "
        "handed over. For that one number all is right, and for every other one the answer stays "
        "the same. Which of its inputs does it never read, and which number stands there instead?",
    ),
    Mistake(
        "input-not-used",
        "An input is never used",
        "a function whose code does not read x",
        "Nothing in your function reads one of its inputs, so it does the same whatever is handed "
        "over there. The question asks for something that depends on it. Go through the names "
        "behind `def` or `lambda`: which of them is never used below?",
    ),
    Mistake(
        "inputs-swapped",
        "Two inputs swapped",
        "f(h, x), where f(x, h) was asked",
        "Your values are the right ones for two inputs that have changed places. A function gets "
        "what it is given in the order of the names behind `def` or `lambda`, whatever these are "
        "called. Compare that order with the statement: which two stand the other way round?",
    ),
    Mistake(
        "one-count-off",
        "One too many or one too few",
        "n + 1 or n − 1, where n was asked",
        "Your values are the right ones for a whole number that is one larger or one smaller than "
        "the one handed over. `range(n)` makes n rounds, from 0 to n − 1, and a place further on "
        "is one more. Try it with the smallest case: how many rounds should there be?",
    ),
    Mistake(
        "one-round-off",
        "One round too many or too few",
        "range(n + 1) or range(n − 1), where range(n) was right",
        "With one round more or one round less, yours gives the right values at every point I "
        "tried. `range(n)` makes n rounds and leaves out n itself, and `range(1, n)` makes one "
        "fewer. Go through the smallest case by hand: how many rounds should your loop make?",
    ),
    Mistake(
        "one-sign-turned",
        "One plus or minus turned around",
        "a + b, where a − b was right, inside a longer line",
        "One sign in yours is turned around: with a single plus for a minus, or a minus for a "
        "plus, all the values I tried come out right. Go through it sign by sign: which part "
        "should add, and which should take away?",
    ),
    Mistake(
        "times-for-divided",
        "Multiplied where to divide",
        "a · b, where a / b was right, inside a longer line",
        "One sign in yours multiplies where the right rule divides, or the other way round. With "
        "that one sign changed, all the values I tried come out right. Which part belongs above "
        "the fraction line, and which below?",
    ),
    Mistake(
        "comparison-turned",
        "A comparison turned around",
        "a < b, where a > b was right",
        "One comparison in yours asks the opposite of what is meant. With that one turned around, "
        "all the values I tried come out right. Take one input for which you know the answer and "
        "follow it through each `if`: at which one does it go the wrong way?",
    ),
    # --- a change ---
    Mistake(
        "value-for-change",
        "Value for change",
        "f(x + h) or f(x), where f(x + h) − f(x) was asked",
        "That is a height: the value at one place. The question asks for a change, and a change "
        "compares two places, where you ended and where you started. You have one of the two "
        "values. Which other value do you need, and what do you do with both?",
    ),
    Mistake(
        "change-turned-around",
        "Old minus new",
        "old − new, where new − old was asked",
        "The size is right, the sign is turned around: you took the new value away from the old "
        "one. A change is counted from where you were to where you are now, so it is minus when "
        "something shrank. Which value do you start from, and which one do you subtract?",
    ),
    Mistake(
        "sum-for-change",
        "Sum for change",
        "f(x + h) + f(x), where f(x + h) − f(x) was asked",
        "You added the two values. A change tells how far apart they are and in which direction, "
        "so that old value plus change makes the new value. Test that on yours: what do you get "
        "when you add your change to the old value?",
    ),
    Mistake(
        "share-for-change",
        "The change as a share of the old value",
        "(new − old) / old, or that in per cent, where new − old was asked",
        "You divided the change by the old value: that says how large it is as a share of what "
        "was there. The question asks for the change itself, in the units of the value. Which "
        "step of your computation comes before the division?",
    ),
    Mistake(
        "step-for-place",
        "The step taken for a place",
        "f(h) − f(x), where f(x + h) − f(x) was asked",
        "You asked for the value at the step itself. The step is a distance, not a place: you "
        "stand at one input and move on from there. If you stand at some x and take the step, at "
        "which input do you arrive, and what is the value there?",
    ),
    Mistake(
        "error-read-as-weight",
        "The two axes mixed up",
        "y, where x was asked",
        "You took a number from the vertical axis for one on the horizontal axis. The height of "
        "the curve is what comes out; the place along the horizontal axis is what you put in. "
        "Go straight down from that point of the curve: which input do you meet?",
        LEINHARDT,
    ),
    Mistake(
        "smallest-weight",
        "Smallest input for smallest output",
        "the least x, where the x of the least f(x) was asked",
        "You made the input as small as it can be. The task was about what comes out: that is "
        "what should become small, and a small input need not do it. Look at the height of the "
        "curve where you stand: which way does it fall?",
    ),
    Mistake(
        "ascent-for-descent",
        "Uphill where downhill was asked",
        "a step along the slope, where a step against it was asked",
        "You moved in the direction in which the value grows. A slope points uphill: plus means "
        "that a step to the right leads up. To make the value smaller you go the other way. What "
        "is the sign of the slope where you stand, so which way is down?",
    ),
    # --- a straight line ---
    Mistake(
        "rise-run-swapped",
        "Run over rise",
        "Δx/Δy",
        "That is how far you go across for each step up. Slope asks it the other way round: how "
        "far up for each step across. Look at your fraction once more: which of the two "
        "differences belongs on top, the one in y or the one in x?",
    ),
    Mistake(
        "intercept-for-slope",
        "Intercept for slope",
        "b, where m was asked",
        "That is where the line meets the y-axis: its height at x = 0. It tells you where the "
        "line starts, not how steep it is. Take one step to the right along the line: by how "
        "much does the height change?",
        LEINHARDT,
    ),
    Mistake(
        "height-for-slope",
        "Height for slope",
        "y at the point, where Δy/Δx was asked",
        "That is how high the graph is at this place. A high place can be flat and a low place "
        "can be steep, so height alone says nothing about steepness. If you take a small step to "
        "the right from there, how much does the height change?",
        BEICHNER,
    ),
    Mistake(
        "forgot-delta",
        "A point read as a difference",
        "y/x, where Δy/Δx was asked",
        "You divided the coordinates of one point, y by x. That gives the slope only for a line "
        "through the origin. Slope compares two points: the change in y over the change in x. "
        "What is your second point, and what are the two differences?",
        BEICHNER,
    ),
    Mistake(
        "difference-not-divided",
        "The difference is not divided",
        "Δy, where Δy/Δx was asked",
        "That is the whole change in height between the two places. Slope is the change for each "
        "single step across, so a long way and a short way can be compared. How long is the way "
        "across here, and what do you do with it?",
    ),
    Mistake(
        "slope-sign-lost",
        "The sign of the slope is lost",
        "|Δy/Δx|",
        "The size is right. The sign says the rest: plus means that the graph climbs as you go "
        "right, minus means that it falls. Put a finger on the left point and go to the right "
        "one: does your finger move up or down?",
        ORTON,
    ),
    Mistake(
        "points-in-two-orders",
        "The two points taken in different orders",
        "(y₂ − y₁)/(x₁ − x₂)",
        "The size is right and the sign is turned. That happens when the top starts from one "
        "point and the bottom starts from the other. Choose which point comes first: do both of "
        "your differences keep to that order?",
    ),
    Mistake(
        "units-mixed",
        "Units mixed",
        "minutes counted as hours, metres as kilometres",
        "The digits look like yours used one unit where the question asks for another, such as "
        "minutes where hours are meant. A slope carries the unit of y per unit of x. Which units "
        "did your two differences have, and which does the question want?",
    ),
    Mistake(
        "average-of-speeds",
        "The average of the speeds",
        "(v₁ + v₂)/2, where whole distance over whole time was asked",
        "You took the mean of the speeds, as if each of them held for the same time. The parts "
        "do not last equally long, and each speed counts by the time for which it holds. How far "
        "was the whole way, and how long did the whole way take?",
    ),
    # --- average rate of change ---
    Mistake(
        "average-of-endpoint-slopes",
        "The average of the slopes at both ends",
        "[f′(a) + f′(b)]/2, where [f(b) − f(a)]/(b − a) was asked",
        "That is the mean of the two slopes at the ends. The average rate asks for less: only "
        "how far the value moved in all, and how long the stretch was. What are the two values "
        "at the ends, and what is their difference divided by the length?",
        ORTON,
    ),
    Mistake(
        "average-of-values",
        "The average height for the average rate",
        "[f(a) + f(b)]/2, where [f(b) − f(a)]/(b − a) was asked",
        "That is the mean of the two heights. It says how high the line between the ends is, "
        "not how fast it rises. A rate compares a change with a length: by how much did the "
        "height change, and over how long a stretch?",
    ),
    Mistake(
        "step-added-outside",
        "The step added to the value, not to x",
        "[f(x) + h − f(x)]/h, which is always 1",
        "Your step was added to the height f(x). It belongs to the input: first go from x to "
        "x + h, then ask how high the curve is there. What is the difference between "
        "`f(x) + h` and `f(x + h)`, and which of them stands in your code?",
    ),
    Mistake(
        "brackets-missing",
        "Brackets missing around the difference",
        "f(x + h) − f(x)/h",
        "Python divides before it subtracts, so only the last term was divided by the step. The "
        "whole difference has to be divided. Read your line from left to right as Python does: "
        "where would a pair of brackets keep the difference together?",
    ),
    Mistake(
        "floor-division",
        "Divided without a remainder",
        "a // b, where a / b was asked",
        "Two slashes, `//`, divide and then throw away what stands behind the point: they round "
        "down to a whole number. A slope needs all of its digits. How many slashes stand in your "
        "code, and how many does a plain division have?",
    ),
    Mistake(
        "example-for-given",
        "An example in place of what is handed in",
        "the slope of x², whatever the function f is",
        "Your function works for one example only: it does the same whatever function it is "
        "given. The one it should ask is handed in under a name of its own, and may be another "
        "one each time. Where does that name appear in your code?",
    ),
    Mistake(
        "divided-by-the-end",
        "Divided by x + h or by x, not by the step",
        "[f(x + h) − f(x)]/(x + h)",
        "The top of your fraction is a change, but the bottom is a place on the x-axis. To get "
        "change for each step across, divide by how far you went, not by where you are. How far "
        "is it from the first x to the second one?",
        BEICHNER,
    ),
    Mistake(
        "step-not-used",
        "Divided by 1 where the step was h",
        "f(x + 1) − f(x), whatever h is",
        "Your answer does not change with the step: it always looks one whole unit ahead. The "
        "question gives you the step as an input. Where does `h` enter the top of your fraction, "
        "and where does it enter the bottom?",
    ),
    Mistake(
        "rate-for-change",
        "The rate given where a change was asked",
        "Δy/Δx, where Δy was asked",
        "That is the rate: the change for one whole unit across. The question asks for the change "
        "itself, over a step of another length. If each whole unit brings that much, how much does "
        "this step bring?",
    ),
    Mistake(
        "place-for-value",
        "The place for the value",
        "x, where the number that belongs to x was asked",
        "That is a place on the x-axis, an input. The question asks for the number that belongs to "
        "this place, an output. Find your x once more, on the axis or in the table: which number "
        "stands there?",
    ),
    Mistake(
        "rounding-read-as-error",
        "Rounding read as an error",
        "every printed number that differs in a digit that is not shown",
        "Some of these numbers are fine: they were rounded before they were printed, and the "
        "digits that are missing are not shown. Round the true result to as many decimals as the "
        "print has before you compare. Which of them still differ?",
    ),
    Mistake(
        "true-value-for-printed",
        "The right number given where the wrong one was asked",
        "the corrected value, where the faulty one was to be named",
        "That is what the result should have been. The question asks for the faulty one, so that "
        "it can be found and struck out. What did the output show in the place of yours?",
    ),
    # --- limit and derivative ---
    Mistake(
        "average-for-instantaneous",
        "Average for instantaneous rate",
        "[f(b) − f(a)]/(b − a), where f′(a) was asked",
        "That is the average over a whole stretch: the slope of a secant, which touches the "
        "curve at two points. The question asks about one single point. What happens to your "
        "number when you pull the second point closer and closer to the first?",
        ORTON,
    ),
    Mistake(
        "value-for-slope",
        "Value for slope",
        "f(x), where f′(x) was asked",
        "That is how high the curve is there. The question asks how steep it is. Height and "
        "steepness are two different things: a curve can be high and flat. If x grows by a tiny "
        "step, by how many times that step does the height grow?",
        BEICHNER,
    ),
    Mistake(
        "slope-for-value",
        "Slope for value",
        "f′(x), where f(x) was asked",
        "That is how steep the curve is there. The question asks how high it is. Put the input "
        "into the formula of the function itself, with no step and no difference: what comes "
        "out when you work it through by hand?",
        BEICHNER,
    ),
    Mistake(
        "h-is-zero",
        "h = 0",
        "[f(x + 0) − f(x)]/0",
        "With a step of zero both points are the same one, so the fraction becomes zero over "
        "zero, and that has no value. A limit looks at smaller and smaller steps without ever "
        "using zero. Which small step, not zero, would you try?",
        ORTON,
    ),
    Mistake(
        "step-too-small",
        "The step is too small for the computer",
        "the difference quotient with h = 1e-16",
        "A computer keeps about sixteen digits. With a step this tiny, x + h and x are nearly or "
        "fully the same number, and the difference is lost in rounding. Make the step a thousand "
        "times larger, and again: when does your answer settle down?",
    ),
    Mistake(
        "step-too-large",
        "Step too large",
        "the difference quotient with a large h, or descent with a large η",
        "Your method is right, but it takes a very large step, and over a long step the curve "
        "has time to bend. So the result belongs to the step, not to the point. What do you get "
        "with a step ten times smaller, and then ten times smaller again?",
    ),
    Mistake(
        "central-divided-by-h",
        "Central difference divided by h",
        "[f(x + h) − f(x − h)]/h",
        "You look one step ahead and one step back, which is a good plan. Now measure the way "
        "between those two places. It is longer than one step. How many steps lie between "
        "`x - h` and `x + h`, and does the bottom of your fraction say so?",
    ),
    Mistake(
        "limit-read-as-value",
        "The limit read as the value at the point",
        "f(a), where the limit for x → a was asked",
        "That is what the function says at the point itself. A limit does not ask what happens "
        "at the point, but what the values come close to near it, and the two can differ. What "
        "do you get from points very close by, on either side?",
    ),
    Mistake(
        "one-side-only",
        "Only one side looked at",
        "the right-hand slope, where both sides were asked",
        "You looked at the point from one side only. A limit exists when both sides agree. Come "
        "from the other side too, with a small negative step: do you arrive at the same number, "
        "and what follows if you do not?",
    ),
    Mistake(
        "sign-error",
        "Sign error",
        "−f′(x), or a step uphill where downhill was asked",
        "The size is right and the sign is turned around. Where a curve climbs to the right its "
        "slope is plus; to go downhill, you move against the slope. Try one point by hand: does "
        "the value grow or shrink there as x grows?",
        ORTON,
    ),
    Mistake(
        "point-for-function",
        "An answer at one point, where a function was asked",
        "f′(2), where f′ was asked",
        "You answered with one single value. The question asks for a rule that answers at every "
        "x: give it any input, and it gives back the value there. How would you write yours with "
        "`x` as the input, so that it works anywhere?",
        ORTON,
    ),
    Mistake(
        "lens-straightens-all",
        "Every curve taken to become a line",
        "|x| at 0 taken for a line, close up",
        "Most curves of this course become a line when you look closely enough. A corner is made "
        "of two lines that meet at an angle. What happens to that angle when width and height are "
        "enlarged by the same factor?",
    ),
    Mistake(
        "magnified-means-steeper",
        "Magnified taken for steeper",
        "|x| a hundred times larger, drawn a hundred times as steep",
        "You made the curve higher and left it as wide as before. A lens enlarges in both "
        "directions: rise and run grow by the same factor. What does that do to rise over run?",
    ),
    Mistake(
        "flat-read-as-minimum",
        "Flat read as lowest",
        "any place with f′(x) = 0 taken for a minimum",
        "You found a place where the curve is flat, and flat places are where a lowest point can "
        "be. But a hilltop is flat too, and some curves only rest for a moment and go on. Look a "
        "little to the left and a little to the right: does the curve fall or rise there?",
        ORTON,
    ),
    Mistake(
        "negative-read-as-small",
        "A negative slope read as a gentle one",
        "the largest number, where the steepest place was asked",
        "You compared the slopes as numbers on a line, where every minus number comes below every "
        "plus number. Steepness is the size of a slope; the sign says only up or down. Think of a "
        "road: is a steep way down less steep than a gentle way up?",
    ),
    Mistake(
        "place-for-step",
        "The place taken for the step",
        "f(x₀) + f′(x₀) x, where f(x₀) + f′(x₀) (x − x₀) was asked",
        "You multiplied the slope by the place. A slope tells how much the height changes for each "
        "step away from where you stand, so it has to be multiplied by the distance you went. You "
        "start at `x0` and arrive at `x`: how far is that?",
    ),
    Mistake(
        "instantaneous-for-average",
        "Instantaneous for average rate",
        "f′(a), where [f(a + h) − f(a)]/h was asked",
        "You went one step further than asked: that is where the quotients lead when h shrinks to "
        "nothing. The question still has a step in it, and the step leaves its trace in the "
        "answer. What is the quotient while `h` is as large as it is?",
        ORTON,
    ),
    Mistake(
        "mean-of-sides",
        "The mean of the two sides",
        "(left slope + right slope)/2, where the two disagree",
        "That is the mean of the slope from the left and the slope from the right. Two "
        "numbers always have a mean, even when they disagree. The question is whether they "
        "agree: how far apart are the two slopes, and does that change as the step shrinks?",
    ),
    Mistake(
        "power-of-a-sum",
        "A power taken term by term",
        "x³ + h³, where (x + h)³ was asked",
        "You took the power of x and of h, each by itself. A power of a sum has more parts: the "
        "square of side x + h is more than two small squares, there are strips beside them. Put "
        "in x = 1 and h = 1: what is (1 + 1)³, and what does yours give?",
    ),
    Mistake(
        "second-for-first",
        "f″ for f′",
        "f″(x), where f′(x) was asked",
        "You took the slope twice. The first derivative says how steep the curve is; the second "
        "one says how fast that steepness changes, so how the curve bends. A curve is flat where "
        "its steepness is nothing. Which of the two derivatives has to be zero there?",
    ),
    Mistake(
        "first-for-second",
        "f′ for f″",
        "f′(x), where f″(x) was asked",
        "That is the first derivative: how steep the curve is. The question asks how that "
        "steepness itself changes as you go to the right. Take what you have as a curve of its "
        "own: how steep is that one?",
    ),
    Mistake(
        "only-negative-slopes",
        "Only negative slopes thought useful",
        "a step where f′ < 0, and none where f′ > 0",
        "You use a slope only where it is below zero. But a plus sign tells as much as a minus: "
        "it says that uphill is to the right. Then the way down is to the other side. What does "
        "one step against the slope do where the slope is plus?",
    ),
    Mistake(
        "silent-read-as-saddle",
        "f″ = 0 read as a saddle",
        "neither minimum nor maximum, wherever f″(x) = 0",
        "You went by the second derivative, and it is zero here. Then it says nothing at all: a "
        "valley can be so flat at its bottom that the bend vanishes for a moment. Ask the first "
        "derivative instead: which sign does it have a little to the left, and to the right?",
    ),
    Mistake(
        "end-for-valley",
        "An end taken without a look inside",
        "an end, where a flat place between the ends is better",
        "You chose an end. An end is a candidate, but here the curve still falls as you walk in "
        "from it. So there is something lower between the two ends. Where does the curve stop "
        "falling and begin to rise, and what is its slope there?",
    ),
    Mistake(
        "mean-and-median-mixed",
        "Mean and median mixed up",
        "the mean, where the median makes the loss smallest, or the other way round",
        "You gave the mean of the data. It is best where large misses count by their square. The "
        "loss here counts each miss by its plain size, and then it matters only how many numbers "
        "lie on each side. If your guess moves a little, how many misses shrink, and how many "
        "grow?",
    ),
    Mistake(
        "end-forgotten",
        "The ends forgotten",
        "the value at a flat place, where an end lies beyond it",
        "You looked at the places where the curve is flat, and among those you chose well. But "
        "the piece has two ends, and there the curve breaks off, however steep it is. What are "
        "its values at both ends, beside the one you have?",
    ),
    Mistake(
        "old-optimum-kept",
        "The best place of an earlier task kept",
        "the old place in the new function",
        "That is what the place that was best before costs now. One of the numbers in the task has "
        "changed, and with it the slope at every place. So the old place need not be the lowest "
        "any more. Where is the new slope 0?",
    ),
    Mistake(
        "guess-for-fit",
        "A likely value in place of the one that fits",
        "p = 1/2, where the p of the smallest loss was asked",
        "That is what one would expect before any data came in. But the loss was made from the "
        "data, and it tells how badly a value fits to them. Measure its slope at yours: is it 0, "
        "or does the loss still fall to one side?",
    ),
    Mistake(
        "counts-swapped",
        "The two counts exchanged",
        "the share of tails, where that of heads was asked",
        "The two counts have changed places, so your answer fits to the other side of the coin. "
        "Each logarithm holds the probability of one outcome, and in front of it stands how often "
        "that one was seen. Which count belongs to which?",
    ),
    Mistake(
        "odds-for-share",
        "Odds in place of a share",
        "k/(n − k), where k/n was asked",
        "You divided one count by the other one: so many of these for each of those. A share "
        "compares one count with *all* that was seen, and so it is never above 1. How many were "
        "there in all, and how many of them were of your kind?",
    ),
    Mistake(
        "step-size-left-out",
        "The step size left out",
        "x − f′(x), where x − α f′(x) was asked",
        "You went by the whole slope. A slope is height per step across, not a distance, so it "
        "can be far too large to walk. The rule takes only a share of it, and the step size α "
        "says which. Where does it enter your calculation?",
    ),
    Mistake(
        "slope-left-out",
        "The slope left out of the step",
        "x − α, where x − α f′(x) was asked",
        "Your step is as long as the step size alone. The step size says which *share* of the "
        "slope is walked, so that steep ground gives long steps and flat ground short ones. Where "
        "does the slope at the old place enter your calculation?",
    ),
    # --- rules ---
    Mistake(
        "exponent-not-lowered",
        "Exponent not lowered",
        "n xⁿ, where n xⁿ⁻¹ was asked",
        "You brought the exponent down in front, and that is half of the rule. Think of the "
        "area of a square: as its side grows, the new strips along the edge have one dimension "
        "fewer than the square. So what must happen to the power that stays behind?",
    ),
    Mistake(
        "exponent-not-in-front",
        "Exponent not brought down",
        "xⁿ⁻¹, where n xⁿ⁻¹ was asked",
        "You lowered the power, and that is half of the rule. Multiply out (x + h)ⁿ for a small "
        "n and look for the part with a single h: how many times does it turn up, and where did "
        "that count go in your answer?",
    ),
    Mistake(
        "constant-kept",
        "The constant kept",
        "f′(x) + c",
        "A constant term lifts the whole graph up or down and leaves every slope as it was. Your "
        "answer still carries it. Slide the graph up in your mind: does any part of it become "
        "steeper, and what does that tell you about this term?",
    ),
    Mistake(
        "power-rule-on-exponential",
        "Power rule on an exponential",
        "x·2ˣ⁻¹, where d/dx 2ˣ was asked",
        "You used the power rule, which is made for a moving base and a fixed exponent. Here it "
        "is the exponent that moves. Compare the slope of this function with its height at a few "
        "points: what stays the same from point to point?",
    ),
    Mistake(
        "power-rule-on-constant",
        "Power rule on a constant",
        "2π, where d/dx π² was asked",
        "You used the power rule on something without an x in it. That is one fixed number, and "
        "its graph is a level line, however it is written. Draw it in your mind, from left to "
        "right: how much does it rise when x takes a step?",
    ),
    Mistake(
        "factor-dropped",
        "The factor in front dropped",
        "f′, where (c f)′ was asked",
        "The power is treated well, but the number that stood in front of it is gone. A number in "
        "front stretches the whole curve, so it stretches every rise as well. If a curve becomes "
        "three times as high everywhere, what happens to its slopes?",
    ),
    Mistake(
        "wrong-letter",
        "Differentiated by another letter",
        "d/dx of x²w², where d/dw was asked",
        "Your formula is a slope, and of the right function: but it belongs to another letter. It "
        "says what happens when that one moves while the others stand still. Which letter does the "
        "question move, and which ones are treated like plain numbers?",
    ),
    Mistake(
        "one-term-divided",
        "The bar under one term only",
        "x³/x + 8, where (x³ + 8)/x was given",
        "The bar stands under the whole top, and in yours only one of its terms was divided. Take "
        "numbers: (4 + 2)/2 is 3, while 4/2 + 2 is not. So which terms of the top must be divided, "
        "before you take any slope?",
    ),
    Mistake(
        "negative-exponent-raised",
        "A negative exponent brought nearer to zero",
        "−2x⁻¹, where d/dx x⁻² was asked",
        "Your exponent moved towards zero, from minus two to minus one, say. But the rule always "
        "takes one away, and to take one away from a negative number leads further down. Think "
        "of a thermometer below zero: where is it when it gets one degree colder?",
    ),
    Mistake(
        "denominator-alone",
        "Only the denominator differentiated",
        "c/g′, where (c/g)′ was asked",
        "You took the slope of what stands under the bar and left the bar in place. A slope does "
        "not pass through a division like that. First write one over a power as a power with a "
        "minus sign in its exponent: which rule do you use then?",
    ),
    Mistake(
        "whole-exponents-only",
        "The rule kept for whole exponents only",
        "1/x² and x√x thought to need another rule",
        "You kept the power rule for exponents such as 2 and 3. It holds for every fixed exponent, "
        "below zero and between whole numbers too. Write each function as x with one fixed number "
        "above: what is that number for each of them?",
    ),
    Mistake(
        "forgotten-inner-derivative",
        "Forgotten inner derivative",
        "f′(g(x)), where f′(g(x)) g′(x) was asked",
        "You took the slope of the outer function, and that part is right. But its input moves "
        "at a speed of its own. Think of two gears: when the handle takes one small step, how "
        "far does the inside move, and where does that factor go?",
        CLARK,
    ),
    Mistake(
        "product-of-derivatives",
        "Product of the derivatives",
        "f′ g′, where (f g)′ was asked",
        "You multiplied the two slopes. Think of a rectangle with sides f and g, and let both "
        "sides grow a little: the area gains one strip along each side. Which strip comes from "
        "the growth of f, and which from the growth of g?",
    ),
    Mistake(
        "quotient-of-derivatives",
        "Quotient of the derivatives",
        "f′/g′, where (f/g)′ was asked",
        "You divided one slope by the other. Test that on x² divided by x, which you can simplify "
        "first: does dividing the slopes give the slope you know? Then write the quotient as f "
        "times 1/g: which rule fits now?",
    ),
    Mistake(
        "outer-slope-left-out",
        "The slope of the outer function left out",
        "g′(x), where f′(g(x)) g′(x) was asked",
        "That is how fast the inside moves, and you have it right. But then it goes on into "
        "another function, and that one has a slope of its own. Follow the nudge to the very end: "
        "what does the last gear make of a small turn of the one before it?",
    ),
    Mistake(
        "outer-at-x",
        "Outer slope taken at x",
        "f′(x) g′(x), where f′(g(x)) g′(x) was asked",
        "Both slopes are there, and you multiplied them: good. But the outer gear does not stand "
        "where the handle stands. What goes into it is the output of the inner function, and its "
        "slope belongs to that place. Which number is it here?",
        CLARK,
    ),
    Mistake(
        "nested-derivatives",
        "Both derivatives, one inside the other",
        "f′(g′(x)), where f′(g(x)) g′(x) was asked",
        "You put one slope inside the other. A slope is no input: it says how fast a gear turns, "
        "not where it stands. The outer slope is taken at the value of the inner function. And "
        "where two gears follow each other, what do their speeds do?",
        CLARK,
    ),
    Mistake(
        "sum-of-slopes",
        "Sum of slopes for their product",
        "f′(g(x)) + g′(x), where f′(g(x)) g′(x) was asked",
        "You added the two slopes. Let the first gear turn three times as fast as the handle, and "
        "the second twice as fast as the first. For each turn of the handle, how many turns does "
        "the last gear make, and how do you get that number from three and two?",
        CLARK,
    ),
    Mistake(
        "inner-and-outer-swapped",
        "The inner and the outer function exchanged",
        "g′(f(x)) f′(x), where f′(g(x)) g′(x) was asked",
        "You built the chain the other way round: f first, and then g. The function inside gets "
        "the number first, and the one outside gets what comes out of it. In f(g(x)) the brackets "
        "tell who is inside. Which of the two works first, and where does the other one stand?",
    ),
    Mistake(
        "chain-and-product-mixed",
        "Chain rule and product rule mixed up",
        "f′(g(x)) g′(x), where (f g)′ was asked, or the other way round",
        "That is a chain, with one function inside the other. Here both functions get the same "
        "number, and their results are multiplied, like the sides of a rectangle. If both sides "
        "grow a little, which strip does each of them add, and how long is it?",
    ),
    Mistake(
        "one-strip-only",
        "One strip of the rectangle",
        "f′ g, where f′ g + f g′ was asked",
        "That is the area which one growing side adds. In a product both factors move with x, so "
        "the rectangle gains a strip along each of its two sides. You have one of them. How long "
        "is the other strip, and how fast does it grow?",
    ),
    Mistake(
        "quotient-order",
        "Quotient rule turned around",
        "(f g′ − f′ g)/g², where (f′ g − f g′)/g² was asked",
        "The size is right, the sign is turned around. In a quotient the order matters: a growing "
        "top makes it larger, a growing bottom makes it smaller. Which of your two terms comes "
        "from the growth of the top, and which sign must it have?",
    ),
    Mistake(
        "quotient-plus",
        "Plus in the quotient rule",
        "(f′ g + f g′)/g², where (f′ g − f g′)/g² was asked",
        "Your top is that of the product rule, where both strips are gained. In a quotient the "
        "bottom divides. If the bottom grows while the top stays as it is, does the quotient "
        "become larger or smaller, and so which sign belongs to that term?",
    ),
    Mistake(
        "bottom-not-squared",
        "Bottom not squared",
        "(f′ g − f g′)/g, where (f′ g − f g′)/g² was asked",
        "The top of your fraction is right, and the bottom is one power short. Try the simplest "
        "case, a top that is always 1: the slope of 1/g must come out as −g′ over what? Compare "
        "that with the bottom of yours: what is missing?",
    ),
    Mistake(
        "chain-from-the-front",
        "The chain multiplied from the front",
        "products of the first k slopes, where those from link k to the end were asked",
        "Your products start at the front: they say how a nudge at the very beginning looks after "
        "each link. The question looks from the other end: a nudge at some link, and what of it "
        "reaches the last one. Which links does such a nudge pass through?",
    ),
    Mistake(
        "order-not-restored",
        "A list left in reversed order",
        "the last link's entry first",
        "The numbers are right, and their order is turned around: yours begins with the last link, "
        "since you walked backwards. The list should begin with the first link, like the one that "
        "you were given. What turns a list around?",
    ),
    Mistake(
        "own-link-left-out",
        "A link's own slope left out",
        "products of the slopes behind link k, without its own",
        "Your products leave out the link they belong to: the last one should not be 1. A nudge at "
        "the input of a link has to pass through this link first, and then through all the others. "
        "At which point of your loop does a product go into the list?",
    ),
    Mistake(
        "divided-by-the-count",
        "Divided by the number of links",
        "m/n, where mⁿ was asked",
        "You divided one slope by the number of links. But each link takes its share of what the "
        "one before it has left, so the shares multiply. What is left after two such links, and "
        "what do you have to do to it to get past the third?",
    ),
    Mistake(
        "other-gear-stopped",
        "The inner gear stopped for the outer",
        "g′(x) = 0, where f′(g(x)) = 0 was asked",
        "The last gear does stand still here, but for another reason: u stands still too, so "
        "nothing reaches the last gear at all. The task wants a place where u turns and y does "
        "not. Which of the two slopes must be 0 there?",
    ),
    Mistake(
        "bug-not-mended",
        "The faulty code handed back",
        "what the faulty function gives",
        "These are the numbers of the faulty function, so nothing is mended yet. Go through the "
        "links one by one, and write the slope of each beside it, with the place where it is "
        "taken. Which of them do not fit the code?",
    ),
    Mistake(
        "return-inside-the-loop",
        "A return inside the loop",
        "what one round gives, where the result of all rounds was asked",
        "Your function stops in the middle of its loop: a `return` ends it at once, and the rounds "
        "that would have followed never happen. Follow it with a short list, line by line. Which "
        "line stands too far to the right?",
    ),
    Mistake(
        "degrees-for-radians",
        "Degrees for radians",
        "sin(x°), where sin(x) was asked",
        "These values fit an angle that is measured in degrees. Slopes of sine and cosine come "
        "out clean only in radians, where one full turn is 2π, and Python's functions expect "
        "that too. Which unit did your angle have on its way in?",
    ),
    Mistake(
        "ratio-for-slope",
        "Slope ÷ height given for the slope",
        "ln a, where the slope of aˣ was asked",
        "That is the slope divided by the height: for one base the same number at every place. "
        "The slope itself is not the same everywhere, it grows with the height. How high is the "
        "curve at this place, and how do you get from slope ÷ height to the slope?",
    ),
    Mistake(
        "base-read-as-factor",
        "A larger base read as a larger factor",
        "k ln a, where ln of the k-fold base was asked",
        "You multiplied by as much as the base has grown. But a base does not stand in front of "
        "its curve as a factor does: it is multiplied with itself, over and over, as x grows. If "
        "you write the larger base as a power of the smaller one, what happens to the exponent?",
    ),
    Mistake(
        "common-log-for-ln",
        "Logarithm to base 10 for ln",
        "log₁₀ x, where ln x was asked",
        "Your number fits a logarithm to the base 10, the one of many pocket calculators. Slopes "
        "come out clean only with the natural logarithm, the one to the base e. Python calls it "
        "`log`, and the other one `log10`: which of the two did you use?",
    ),
    Mistake(
        "ln-of-no-positive-number",
        "ln of zero or of a negative number",
        "ln 0 or ln(−2)",
        "ln asks for an exponent: e to which power gives this number? Powers of e are all above "
        "zero, so at zero and below it ln has no value: Python's `log` stops with an error, "
        "NumPy's goes on with infinity or `nan`. Which input is that here, and what keeps it away "
        "from the logarithm?",
    ),
    Mistake(
        "derivative-turned-around",
        "Integral for derivative",
        "ln x, where d/dx 1/x was asked",
        "You went the wrong way: the slope of your answer is the function in the question. That "
        "is a useful pair to know, and here the other direction is asked. What is the slope of "
        "the function itself: where does it rise, where does it fall?",
        ORTON,
    ),
    Mistake(
        "ln-exp-swapped",
        "ln and the exponential swapped",
        "eˣ, where d/dx ln x was asked",
        "You turned a logarithm into an exponential, or the other way round. The two undo each "
        "other, but neither is the slope of the other. In the mirror of eˣ, rise and run change "
        "places. How steep is eˣ where it is x high, and what does the mirror make of that?",
    ),
    Mistake(
        "cosine-without-minus",
        "The minus of cosine lost",
        "sin x, where (cos x)′ = −sin x",
        "The size of your slope of cosine is right, its sign is not. Think of the cosine wave at "
        "x = 0, on its highest point. As x grows a little, does the wave go up or down from "
        "there, and which sign must its slope have?",
        ORTON,
    ),
    Mistake(
        "minus-from-cosine-on-sine",
        "The minus of cosine put on sine",
        "−cos x, where (sin x)′ = cos x",
        "One of the two waves brings a minus into its slope, and you gave it to the other one. "
        "Look at sin x at x = 0, where it crosses zero: does it climb or fall as x grows, and "
        "which sign must its slope have there?",
        ORTON,
    ),
    Mistake(
        "half-of-the-sigmoid-rule",
        "1 − σ for σ(1 − σ)",
        "1 − σ(x), where σ′(x) = σ(x)(1 − σ(x))",
        "That is one of the two factors. Test it far to the left, where the curve is as good as "
        "flat: what does your answer give there, and what should a slope be where a curve is "
        "flat? Which second factor is small on that side?",
    ),
    Mistake(
        "squashing-rules-swapped",
        "The rules of σ and tanh swapped",
        "1 − σ² for σ′, or tanh(1 − tanh) for tanh′",
        "That recipe belongs to the other one of the two: one of σ and tanh has `y * (1 - y)`, the "
        "other `1 - y**2`. Try both at x = 0, where you can see the slope in the figure. Which "
        "recipe gives the slope of this curve there?",
    ),
    Mistake(
        "exponential-overflows",
        "e to a large number",
        "exp(1000), which is larger than any number of the computer",
        "For scores of ordinary size your function is right. For large ones `exp` grows beyond "
        "what a computer can hold, and then infinity divided by infinity, `nan`, comes out. The "
        "shares depend on the differences between the scores alone. What can you do to all scores "
        "at once that leaves those as they are?",
    ),
    Mistake(
        "not-normalised",
        "Shares that do not add up to 1",
        "exp(z), where exp(z) / Σ exp(z) was asked",
        "Your numbers stand in the right relation to each other, but they are no probabilities "
        "yet: those add up to 1. Add yours up and see. Which one number do all of them have to "
        "be divided by?",
    ),
    # --- many variables, descent, training ---
    Mistake(
        "forgotten-two",
        "Forgotten factor 2",
        "(ŷ − y) x, where 2 (ŷ − y) x was asked",
        "Your values point the right way, and all of them have half the size they should. A "
        "square leaves something in front when you take its slope. Take the slope of the square "
        "step by step: which factor appears first, and where did it go?",
    ),
    Mistake(
        "forgotten-mean",
        "Forgotten division by the number of examples",
        "Σ, where (1/m) Σ was asked",
        "You added up the parts of all examples. The loss is their mean, so that it does not "
        "grow when more data comes in. Imagine that every example came twice: should the slope "
        "of the mean change, and does yours?",
    ),
    Mistake(
        "other-variable-moves",
        "The other variable moves too",
        "[f(x + h, y + h) − f(x, y)]/h, where ∂f/∂x was asked",
        "You nudged both inputs at once, so the result mixes two slopes. A partial derivative "
        "turns one knob and holds the other one still. Which input should stand still here, and "
        "what does your formula or your line of code do with it?",
    ),
    Mistake(
        "held-read-as-zero",
        "The held input read as 0",
        "∂f/∂x at (x, 0), where ∂f/∂x at (x, y) was asked",
        "You put 0 in the place of the input that is held. To hold a knob is to leave it where it "
        "stands, and that may be anywhere. Where both inputs are multiplied, its value sets the "
        "slope. Where does the held input stand here, and which term has lost it?",
    ),
    Mistake(
        "other-term-kept",
        "The other input's own term kept",
        "∂f/∂x + g(y), where f holds a term g(y)",
        "A term with nothing but the other input is still in your answer. While that input is "
        "held, such a term is a fixed number: it lifts the whole cut and makes no part of it "
        "steeper. If you nudge your input alone, by how much does this term change?",
    ),
    Mistake(
        "held-factor-dropped",
        "The held factor dropped",
        "3, where the slope of 3xy along x is 3y",
        "Where both inputs are multiplied, the one that is held is a number in front of the "
        "other, and a number in front stretches every rise. In your answer it is gone. If the "
        "held input stood at five in place of two, would the product rise as fast as before?",
    ),
    Mistake(
        "two-cuts-for-all",
        "Two cuts taken for all directions",
        "lowest along each axis taken for lowest of all",
        "You looked along each of the two inputs, and each cut has its lowest point there. But a "
        "step may turn both knobs at once, and such a step lies in neither cut. What does the "
        "function do if one knob goes up while the other goes down?",
    ),
    Mistake(
        "partials-swapped",
        "Partial derivatives swapped",
        "(∂f/∂y, ∂f/∂x)",
        "Both numbers are good, but they have changed places. The first part of the gradient "
        "belongs to the first input, the second part to the second. Which input did you nudge to "
        "get each of them?",
    ),
    Mistake(
        "along-the-contour",
        "Gradient drawn along the contour",
        "a vector at a right angle to ∇f",
        "Your arrow runs along the contour line. On a contour the height stays the same, so "
        "that way you neither climb nor fall. The gradient points where the height grows "
        "fastest. Which way do you turn to leave this contour by the shortest path?",
    ),
    Mistake(
        "sum-of-partials",
        "Gradient given as a single number",
        "∂f/∂x + ∂f/∂y, where (∂f/∂x, ∂f/∂y) was asked",
        "You added the partial derivatives and got one number. That is the slope if both inputs "
        "grow together, each by the same step, and it hides what each of them does. A gradient "
        "keeps one number for each input. How many inputs are there here?",
    ),
    Mistake(
        "gradient-wrong-shape",
        "Gradient of the wrong shape",
        "a table with one row or one column, where a plain row of n numbers was asked",
        "Your numbers are good, but they stand in a table with two axes. A gradient has the shape "
        "of its input: to n inputs belongs a plain row of n numbers, so that the two can be added "
        "place by place. Which pair of brackets is too many?",
    ),
    Mistake(
        "largest-partial-only",
        "Only the largest partial followed",
        "along the axis with the largest partial, where ∇f was asked",
        "You followed the input with the largest slope and let the other one rest. But the other "
        "slope is not zero: a little of that input adds height as well, nearly for free. What is "
        "gained by turning from the axis towards the other input?",
    ),
    Mistake(
        "aims-at-the-minimum",
        "Direction taken from where the lowest point lies",
        "the direction from or towards the minimum, where ∇f or −∇f was asked",
        "You took the line that joins this place and the lowest point. On round contour lines that "
        "would be the steepest way, on others it is not. Somebody on a slope cannot see the "
        "valley: which two slopes, measured on the spot, give the direction?",
    ),
    Mistake(
        "sum-for-length",
        "Sum for length",
        "|a| + |b|, where √(a² + b²) was asked",
        "You added the sizes of the components: that is the way along the axes, around the corner. "
        "The length of an arrow is the direct way, the long side of a right triangle whose short "
        "sides are the components. Which theorem gives it?",
    ),
    Mistake(
        "direction-not-normalised",
        "Direction whose length is not 1",
        "∇f · d, where ∇f · d / |d| was asked",
        "You multiplied with a direction whose length is not 1, so your result grows with the "
        "length of the arrow. A slope is a rise per one unit of way, so the same direction must "
        "give the same slope. How do you make an arrow one unit long?",
    ),
    Mistake(
        "products-not-added",
        "Products not added up",
        "(a·u, b·v), where a·u + b·v was asked",
        "You multiplied component by component and stopped there, so you have one number for each "
        "input. Each is what one input adds to the slope. The slope in a direction is one number: "
        "what is left to do with your products?",
    ),
    Mistake(
        "length-for-slope",
        "Length of the gradient for the slope in a direction",
        "|∇f|, where ∇f · u was asked",
        "That is the length of the gradient: the slope in the steepest direction of all. The "
        "question asks about another direction, and every other one climbs less. How much of the "
        "gradient points along this direction, and which product of two arrows tells it?",
    ),
    Mistake(
        "nudge-not-taken-back",
        "Nudge not taken back",
        "the first k partials added up, where the k-th partial was asked",
        "Each of your numbers also holds the ones before it. A nudged input was not set back "
        "before the next one was nudged, so more and more inputs had moved. Which value must the "
        "first input have while you nudge the second?",
    ),
    Mistake(
        "one-place-for-all",
        "One place taken for all places",
        "an input without effect at the place asked, taken for one without any",
        "You turned this dial alone and saw nothing move, so at that place its slope is 0. At "
        "other places it does move the machine. Some dials wake up late, and some are multiplied "
        "by another one that stood at 0. Where could a second test stand, so that nothing sleeps?",
    ),
    Mistake(
        "counted-from-one",
        "Counted from one, where counting starts at zero",
        "i + 1, where i was asked",
        "Wherever this misses, it is one too high, as if the first had the number 1. Python counts "
        "from 0, and so does the task: the first has the number 0, and the last one of five has "
        "the number 4. Which number do you give to the first one?",
    ),
    Mistake(
        "height-for-place",
        "The height of a place, instead of the place",
        "max f, where a place with that height was asked",
        "That is how high it is there, and your search may have found a good place. The task asks "
        "where it is, so that somebody could walk there: the inputs, and not what comes out. Which "
        "variable of yours holds them when the search ends?",
    ),
    Mistake(
        "lower-top",
        "A lower top, taken for the highest",
        "the end of a climb on the nearest hill",
        "Around this place everything goes down, so you are on a top, and it is not the highest "
        "one. Steps uphill lead to the nearest top, which depends on where they begin. How much of "
        "your budget could go into finding out where to begin?",
    ),
    Mistake(
        "one-rate-for-all",
        "One fixed learning rate for valleys of any steepness",
        "every step is the same multiple of the slope",
        "All your steps are the same multiple of the slope where they begin: one fixed learning "
        "rate. What is short in a flat valley throws you out of a steep one, and what is safe in a "
        "steep one creeps in a flat one. What could tell you, on the way, in which you are?",
    ),
    Mistake(
        "rate-for-count",
        "The learning rate, in place of how often it was halved",
        "η / 2ⁿ, where n was asked",
        "That is the learning rate which is left after all the halvings, and with it the loss "
        "falls. The question asks how many halvings it took to get there. Which number grows by "
        "one each time that your loop goes round?",
    ),
    Mistake(
        "limit-respected",
        "The limit of a constant rate, kept where it does not bind",
        "all rates of a schedule stay below the limit of the steepest direction",
        "Every one of your rates is below the limit of the steepest direction. So the flattest one "
        "creeps in all ten steps. That limit holds for a rate that is used for ever: a single step "
        "beyond it does harm, and others can undo it. Which direction would such a step help?",
    ),
    Mistake(
        "sequential-update",
        "One weight updated before the other's partial",
        "w₂ moved with the new w₁",
        "Your second step used the first weight after it had moved. Both partial derivatives "
        "belong to the same place: the one you stand on before the step. In which order do your "
        "lines compute and move, and what could you store first?",
    ),
    Mistake(
        "one-step-too-many",
        "One step more or fewer than asked",
        "the value after n + 1 or n − 1 steps",
        "Your walk is right, but it ends one step away from the place the question asks about. "
        "The start counts as step zero, before any move. Write down the first two positions by "
        "hand: how many moves has your loop made when it stops?",
    ),
    Mistake(
        "stopped-too-soon",
        "Stopped before the end",
        "the place after one step, or before the walk has come to rest",
        "Your walk goes the right way and ends too soon. Each step leads a little nearer to the "
        "place the question asks about, and there are steps left to take. How many moves does "
        "your loop make before it stops, and how many should it make?",
    ),
    Mistake(
        "budget-exceeded",
        "More questions than were allowed",
        "a search that asks the black box again after its budget is spent",
        "Every call counts, also one at a place that was asked before, and also one that only "
        "looks what is near. Count the calls that one round of your search makes, and multiply by "
        "the number of its rounds. Where can you keep a value that you have already paid for?",
    ),
    Mistake(
        "step-size-twice",
        "Learning rate used twice",
        "w − η² ∇L(w), where w − η ∇L(w) was asked",
        "Your steps are too short: the learning rate is in them twice. The rule multiplies the "
        "slope by η once, and a small number times itself is smaller still. In which of your "
        "lines does η stand, and in which of them does it belong?",
    ),
    Mistake(
        "slope-of-the-start",
        "The slope at the start used for every step",
        "w₀ − n η ∇L(w₀), where every step has its own gradient",
        "All your steps have the same length, so the slope was measured once, at the start, and "
        "used again and again. On the way down the ground changes: it becomes flatter, or turns. "
        "At which place does the gradient of the second step belong?",
    ),
    Mistake(
        "local-for-global",
        "The first minimum called the lowest",
        "the minimum where the walk came to rest, where the lowest of all was asked",
        "The walk has come to rest, that is true, and its slope there is 0. But it saw only the "
        "ground on its own way. Behind a hill there may be a valley that is deeper. From which "
        "other start could you walk, and which of the two ends has the lower loss?",
    ),
    Mistake(
        "gradient-blamed",
        "A step too long read as a wrong gradient",
        "the gradient doubted, where η is too large",
        "A wrong gradient is one reason for a growing loss, but not the only one. The gradient "
        "speaks for the place where you stand, and a long step leads far away from it. How would "
        "the loss change if you took the same direction and a step a hundred times shorter?",
    ),
    Mistake(
        "forgotten-x-factor",
        "The factor x forgotten",
        "mean of 2r, where the mean of 2rx was asked",
        "You treated the slope w as if it moved every prediction by the same amount. It does not: "
        "nudge w, and the line turns, so a prediction far out moves more than one close by. If w "
        "grows by a little, by how many times that does wx + b grow at this x?",
    ),
    Mistake(
        "x-factor-in-both",
        "The factor x in both partial derivatives",
        "mean of 2rx for ∂L/∂b, where the mean of 2r was asked",
        "You multiplied by x in both lines. The factor x belongs to the weight that is multiplied "
        "by x, since a nudge of it is made larger on its way. The intercept is only added. If it "
        "grows by a little, by how many times that does the prediction grow?",
    ),
    Mistake(
        "residual-turned-around",
        "The residual turned around",
        "y − ŷ with the slopes of ŷ − y, so every sign is turned",
        "The sizes are right, and every sign is turned. Your residual is data minus line, which is "
        "a fine choice, but then w and b stand in it with a minus, and the inner derivative "
        "carries that minus too. If the line is too high, should nudging b up raise the loss?",
    ),
    Mistake(
        "residuals-not-squared",
        "The residuals are not squared",
        "mean of r or of |r|, where the mean of r² was asked",
        "You averaged the residuals as they are, or their sizes. The mean squared error squares "
        "each of them first: then too high and too low cannot cancel, and one large miss weighs "
        "more than several small ones. What are the squares here, and what is their mean?",
    ),
    Mistake(
        "root-of-the-mean-square",
        "The root of the mean square",
        "√(mean of r²), where the mean of r² was asked",
        "You went one step further and took a square root. That number is useful, since it has "
        "the unit of y, but it has another slope than the mean square. Which step of yours comes "
        "after the mean, and did the question ask for it?",
    ),
    Mistake(
        "squared-after-the-mean",
        "Squared after the mean",
        "(mean of r)², where the mean of r² was asked",
        "You took the mean first and squared it afterwards. In a mean, too high and too low "
        "cancel before the square can stop them, so a bad line may look perfect. In which order "
        "do squaring and averaging belong, so that every miss counts?",
    ),
    Mistake(
        "wrong-axis",
        "The mean along the wrong axis",
        "np.mean(…, axis=1), one number per example, where one per weight was asked",
        "You averaged along the wrong direction of the table. Its rows are examples and its "
        "columns belong to weights. A gradient has one number for each weight, so the mean has to "
        "run over the examples. How many numbers should come out, and which axis leaves that many?",
    ),
    Mistake(
        "line-through-the-origin",
        "The line forced through the origin",
        "w = mean of xy / mean of x², b = 0",
        "Your slope would be the best one if the line had to pass through the origin, with no "
        "intercept at all. Here the line may lie higher or lower. Measure x and y from their means "
        "first: which differences enter the slope then?",
    ),
    Mistake(
        "scaling-not-undone",
        "Scaling not undone",
        "weights of (x − mean)/spread, where those of x were asked",
        "Those are the weights for *scaled* inputs. Somebody who puts in an input as it was "
        "measured gets a wrong prediction from them. Scaling subtracted a mean and divided by a "
        "spread. What becomes of your formula when you write both into it?",
    ),
    Mistake(
        "scaled-the-wrong-way",
        "Multiplied by the spread where it divides",
        "v · spread, where v/spread was asked",
        "You multiplied by the spread. An input that was divided by 20 became 20 times smaller, so "
        "one unit of the old kind is only a twentieth of a unit of the new kind. How much of the "
        "slope per *new* unit belongs to one *old* unit?",
    ),
    Mistake(
        "outliers-squared",
        "Outliers squared",
        "least squares, where a few points are far off",
        "That is the line of least squares. It squares each miss, so one point that is off by 100 "
        "counts as much as ten thousand that are off by 1, and the line leaves all the others to "
        "come to its help. How could far points be made to count less, or not at all?",
    ),
    Mistake(
        "flat-line",
        "A flat line for sloping data",
        "w = 0, with b at the middle of the heights",
        "Your line is flat: w is 0, whatever the points do. A median or a mean of the heights is "
        "safe from a few wrong ones, but the points climb or fall. From what could you find a "
        "slope that is as hard to mislead?",
    ),
    Mistake(
        "two-points-only",
        "Two points taken for all",
        "the line through the first point and the last",
        "Your line goes through the first point and the last one, and asks no others. If one of "
        "the two is wrong, the whole line is. How could all points have a say, and none of them "
        "too much?",
    ),
    Mistake(
        "regression-turned-around",
        "x fitted from y",
        "divided by the spread of y, where the spread of x was asked",
        "You divided by the spread of the outputs. That answers another question, how x follows "
        "from y, and carries the unit upside down. The slope is output for each unit of input. "
        "Whose squares belong below the fraction bar?",
    ),
    Mistake(
        "claim-for-result",
        "A printed claim taken for a result",
        "the output that a text prints, where the code gives another",
        "That is what the page says. Printed output is a claim, and a claim can be tested: run the "
        "code and compare, digit by digit. Texts are copied, rounded and sometimes invented; a "
        "loop that you run yourself is not. What do you get when you run it?",
    ),
    Mistake(
        "bowl-everywhere",
        "A curve taken for a bowl",
        "the bottom in one step, with 1 over the second derivative of the start",
        "On a bowl that would be so, because its second derivative is the same everywhere. This "
        "curve bends more in one place than in another, and you have measured at the start alone. "
        "Compare with what was found at the bottom: does the slope fade faster there?",
    ),
    Mistake(
        "exact-for-far",
        "Exact taken for far",
        "one step along the exact slope, where several along rough ones come further",
        "The slope of everybody is the best one to be had, and still it makes only one step of "
        "it. Far from the lowest point nearly all examples agree on the way, so a few of them know "
        "it as well as all. How far does each way come for the same number of answers?",
    ),
    Mistake(
        "noise-misread",
        "Trembling put down to the batch alone",
        "a curve with a high floor, where small batches with a small η were asked",
        "It trembles as a run with small batches would. But a large η makes any walk tremble more, "
        "so the floor alone cannot tell the two apart. The way down can, since it knows nothing of "
        "the batch. Which of the curves that tremble alike takes the longer steps?",
    ),
    Mistake(
        "one-weight-only",
        "Only one of the weights looked at",
        "where w has arrived, while b is still on its way",
        "One of the two numbers has arrived there, and the other one is still on its way. A model "
        "is trained when all of its weights have settled, and the slow ones settle last. Does "
        "your test look at both of them?",
    ),
    Mistake(
        "overshoot-read-as-diverging",
        "Every step over the bottom thought to run away",
        "a change of sides taken for a growing distance",
        "You take a step over the bottom for one that leads away. It may also land nearer than it "
        "began, on the other side. Only the distance tells. Work out the first two or three places "
        "by hand: how far from the bottom is the weight before each step, and how far after it?",
    ),
    Mistake(
        "best-rate-for-limit",
        "The best learning rate taken for the limit",
        "1/(2a), where 1/a was asked",
        "Your learning rate is the one that arrives in a single step, where the factor is 0. "
        "Beyond it the walk zig-zags, and may still come closer each time. The limit lies where it "
        "stops coming closer: which factor is that?",
    ),
    Mistake(
        "limit-for-best-rate",
        "The limit, or beyond it, for a rate that converges",
        "η at 1/a or above",
        "There the weight changes sides, that half is done, but it does not come closer any more. "
        "Read the factor above the curve, with its sign. What must its size be, so that every step "
        "ends nearer to the bottom than it began?",
    ),
    Mistake(
        "flattest-sets-the-limit",
        "The flattest direction taken for the limit",
        "the largest of the limits, where the smallest was asked",
        "Your learning rate suits the flat direction. But all weights share it, and along the "
        "steep direction such a step jumps over the valley and lands higher. What happens to the "
        "whole loss when one of its weights runs away?",
    ),
    Mistake(
        "velocity-not-kept",
        "The velocity is not kept",
        "velocity = gradient, so plain descent",
        "Your walk is plain gradient descent: each step uses the new slope alone. Momentum has a "
        "memory: a share of the old velocity stays, and the new slope is added to it. Is your "
        "velocity overwritten, or set back to 0 inside the loop?",
    ),
    Mistake(
        "velocity-never-fades",
        "The velocity never fades",
        "velocity = velocity + slope, where β · velocity + slope was asked",
        "Your velocity keeps all of the past: every old slope stays in it with its full weight, so "
        "that nothing ever slows the walk down. Momentum has friction, which leaves only a share "
        "of the old velocity before the new slope comes in. Where does this share stand?",
    ),
    Mistake(
        "rate-in-velocity-too",
        "The step size twice",
        "η once in the velocity and once in the move",
        "The learning rate enters your walk twice: once when the slope is taken into the velocity, "
        "and once more when w moves. Each of the two places is good by itself, but together they "
        "make every step far too short. In which of the two lines do you want to keep it?",
    ),
    Mistake(
        "momentum-sign",
        "Momentum with the wrong sign",
        "velocity = −β · velocity + slope",
        "Your velocity takes the old one in with a minus, so it brakes exactly where it should "
        "gain speed: when several slopes agree, they now cancel. A rolling ball keeps its "
        "direction. With which sign does the old velocity enter?",
    ),
    Mistake(
        "velocity-averaged",
        "The new slope weighted in momentum",
        "velocity = β · velocity + (1 − β) · slope",
        "You took a running mean of the slopes, as Adam does. Momentum here adds the new slope "
        "with its full weight, so that it reaches a higher speed. Check the task: which factor "
        "stands in front of the new slope?",
    ),
    Mistake(
        "running-sum-for-mean",
        "A running sum for a running mean",
        "total + g², where α · mean + (1 − α) · g² was asked",
        "You still add squares up and never let an old one go. Such a number only grows, and the "
        "steps shrink for ever. In a running mean the old value is multiplied by a share below 1 "
        "before the new one comes in. Which of your lines does that?",
    ),
    Mistake(
        "shares-swapped",
        "The two shares of a running mean swapped",
        "(1 − α) · mean + α · g²",
        "The two shares have changed places: you keep little of the old mean and take nearly all "
        "of the new square. Then there is hardly any memory. Which share should stay with the old "
        "mean, the large one or the small one?",
    ),
    Mistake(
        "old-mean-used",
        "The mean used before it is brought up to date",
        "a step divided by the root of the old mean, the new square taken in afterwards",
        "Your step is divided by the mean as it was before the new square came in. In the first "
        "step that mean is still 0, so only the tiny ε is left to divide by, and w is thrown far "
        "away. In which order should the mean and w change?",
    ),
    Mistake(
        "one-share-for-both",
        "One share for both of Adam's means",
        "β₁ = β₂, where 0.9 and 0.999 were given",
        "Both of your means forget at the same pace. Adam's two means have shares of their own, "
        "since the squares are to be remembered for far longer than the slopes. Look at the code "
        "that was given, where the shares are right: which number stands in each of the two lines?",
    ),
    Mistake(
        "root-left-out",
        "The square root left out",
        "g / mean of g², where g / √(mean of g²) was asked",
        "You divided by the mean of the squares itself. A square has the unit of the slope twice, "
        "so the slope does not cancel, and steep places get tiny steps. What has to happen to a "
        "mean of squares, so that it can be compared with a slope?",
    ),
    Mistake(
        "epsilon-in-the-root",
        "ε inside the square root",
        "√(s + ε), where √s + ε was asked",
        "Your tiny number stands under the root. There its own root counts, and the root of a tiny "
        "number is much larger than the number: it drowns small slopes, and flat directions stand "
        "still. Where must the bracket of the root close?",
    ),
    Mistake(
        "bias-correction-forgotten",
        "Adam's bias correction forgotten",
        "mean / √(mean square), both as they are",
        "Your two means start at 0 and are used as they are. While they are young both are too "
        "small, the mean of the squares much more than the mean of the slopes, so the first steps "
        "come out too long. By what does each of them have to be divided?",
    ),
    Mistake(
        "steps-counted-from-zero",
        "Adam's steps counted from 0",
        "t = 0 in the first step, so 1 − βᵗ = 0",
        "In your first step t is 0, and then the correction is one minus one: you divide by zero. "
        "The correction says how many slopes have come in so far. How many is that when you use it "
        "for the first time?",
    ),
    Mistake(
        "slope-not-divided-out",
        "The step of plain descent for that of an adaptive one",
        "η · g, where η · g / √(…) was asked",
        "That is the step of plain descent: η times the slope. Here the slope is divided before it "
        "is used. Write down the sum of squares after one single slope, and take its root: what "
        "remains of slope over root?",
    ),
    Mistake(
        "gradient-not-zeroed",
        "Gradients not zeroed",
        "each step uses the sum of all gradients so far",
        "Every call of `backward()` adds to the gradient that is already there. So from the "
        "second step on, your update used old slopes together with the new one. What has to "
        "happen to `.grad` between one step and the next?",
    ),
    Mistake(
        "overwrite-for-accumulate",
        "Overwritten where it should add up",
        "p.grad = …, where p.grad += … was needed",
        "Only one of several ways has been counted: each new piece of gradient took the place of "
        "the one before. Where a number is used twice, a nudge of it reaches the result by both "
        "ways, and both effects add up. What should happen to a gradient that has already arrived?",
    ),
    Mistake(
        "shape-from-inner-numbers",
        "The inner numbers taken for the shape of a product",
        "(2, 2) for (3, 2) @ (2, 4)",
        "You gave the two numbers that stand beside each other in the middle. They only have to "
        "agree: along them the numbers are multiplied in pairs and added up, and after that they "
        "are gone. How many rows can begin a pair, and how many columns can end one?",
    ),
    Mistake(
        "entrywise-for-matmul",
        "Entry by entry, where a product of tables was asked",
        "X * W, where X @ W was asked",
        "You multiplied numbers that stand at the same place, one by one. A product of tables is "
        "another thing: a whole row of the first meets a whole column of the second, and the "
        "products are added up. Which row and which column belong to your first result?",
    ),
    Mistake(
        "one-example-for-all",
        "One example's way taken for all",
        "the piece of one row, where the sum over all rows was asked",
        "Your number is what one example says. The weight is used for every example, so a nudge "
        "of it reaches the loss by as many ways as there are rows, and their effects add up. What "
        "do the other rows say?",
    ),
    Mistake(
        "copies-not-summed",
        "The copies of a broadcast number not added up",
        "dZ itself or one of its rows, where a sum over the copies was asked",
        "Broadcasting put the same number into several places, and a gradient comes back from each "
        "of them. They all belong to the one number that was copied, so that it has to receive "
        "them together. Along which axis were the copies made?",
    ),
    Mistake(
        "sum-along-wrong-axis",
        "The copies added up along the wrong axis",
        "dZ.sum(axis=1), where dZ.sum(axis=0) was asked",
        "You added up, but along the other axis, so numbers came together that belong to different "
        "weights. The sum has to run over the places to which one and the same number was copied. "
        "Was it copied from row to row here, or from column to column?",
    ),
    Mistake(
        "inner-numbers-ignored",
        "A product of tables that do not fit",
        "(3, 3) for (3, 2) @ (4, 3)",
        "You gave a shape to a product that does not exist. A row of the first and a column of the "
        "second are multiplied in pairs, and where one of them is longer, some numbers have no "
        "partner. Which two numbers of the shapes have to agree?",
    ),
    Mistake(
        "mean-for-sum",
        "The mean of the ways, where their sum was asked",
        "the pieces divided by how many there are",
        "You took the mean of what comes back. Each way moves the result by its whole piece, and "
        "ten ways move it ten times as far as one. Nothing divides them here. What do the pieces "
        "come to together?",
    ),
    Mistake(
        "zero-factor-overlooked",
        "A factor of 0 overlooked",
        "all places that have a number in their formula, also those where it is multiplied by 0",
        "You counted all places in whose formula the number stands. In one of them it is "
        "multiplied by 0, and 0 times anything stays 0, however hard you nudge. Which places are "
        "left, if you look at what the number is multiplied by?",
    ),
    Mistake(
        "numbers-for-nodes",
        "Numbers counted, where nodes were asked",
        "more nodes for larger tables",
        "You counted numbers, and a node of this engine holds a whole table of them. A new node is "
        "made when the formula does one more operation. Which operation is done more often when a "
        "table gets more rows?",
    ),
    Mistake(
        "wrong-backward-order",
        "A node hands on before its gradient is complete",
        "the graph walked from the inputs, or one way to its end before the other begins",
        "Somewhere a node handed its gradient on too early, before all that was made from it had "
        "its turn. What arrived later never reached the inputs. A node may hand on only when its "
        "own gradient is complete. Which nodes must have their turn before it?",
    ),
    Mistake(
        "upstream-forgotten",
        "The gradient from above forgotten",
        "the local slope alone, where local slope × gradient of the result was asked",
        "You handed down the local slopes alone: how fast a node moves with its input. The "
        "question is how fast the end moves. The chain rule multiplies the local slope by the "
        "gradient that the node itself has received. Where does that factor enter?",
    ),
    Mistake(
        "seed-of-zero",
        "Started with the gradient 0",
        "0 everywhere, since the result itself started from 0",
        "Every product with zero is zero, so nothing can come out of such a start. The walk back "
        "begins at the result, with the question how fast the result moves with itself. If the "
        "result grows by a little, by how much does the result grow?",
    ),
    Mistake(
        "own-value-in-product",
        "A factor's own value taken for its slope",
        "∂(ab)/∂a = a, where it is b",
        "In a product you gave each factor its own value as its slope. Hold one factor still and "
        "nudge the other by a little: the product grows by that little, times something. Which of "
        "the two numbers stands next to the nudged one?",
    ),
    Mistake(
        "value-for-gradient",
        "Value for gradient",
        "data, where grad was asked",
        "That is the value of the node, found on the way forward. Its gradient is another number, "
        "found on the way back: how many times as far the result moves when this node is nudged. "
        "Which of the two numbers in its box answers that?",
    ),
    Mistake(
        "modes-swapped",
        "Forward and reverse mode swapped",
        "reverse mode for few inputs, forward mode for few outputs",
        "You chose the other direction. One walk forward follows one input to all outputs; one "
        "walk back follows one output to all inputs. Count how many walks either way would take "
        "here: how many inputs are there, and how many outputs?",
    ),
    Mistake(
        "update-inside-graph",
        "Update inside the graph",
        "w = w - lr * w.grad, without torch.no_grad()",
        "Your update was recorded as if it were part of the model, so PyTorch either refuses it "
        "or goes on from a tensor that is no longer a leaf. Moving a weight is not part of the "
        "forward pass. How can you tell PyTorch not to watch this line?",
    ),
    Mistake(
        "item-before-backward",
        "A plain number sent backwards",
        "loss.item().backward()",
        "You took the plain number out of the tensor and then asked it to walk back. A plain "
        "number has forgotten where it came from; the graph belongs to the tensor. Which of the "
        "two should be asked to walk back, and when is the moment to take the number out?",
    ),
    Mistake(
        "nothing-recorded",
        "Nothing was recorded",
        "no requires_grad, a detached tensor, or a loss computed under no_grad",
        "No way leads back from your loss to the weight: nothing was recorded on the way forward. "
        "That happens without `requires_grad`, after `.detach()` or `.item()`, and under "
        "`no_grad`. Follow your number from the weight to the loss: where is its history cut off?",
    ),
    Mistake(
        "grad-still-empty",
        "An empty .grad",
        "w.grad before backward(), or of a tensor that was computed",
        "`.grad` is still `None` there: no walk back has brought anything to this tensor. PyTorch "
        "fills it in `backward()`, and only for tensors that you made yourself. A line such as "
        "`w = w - …` makes a new tensor, which has a history and no `.grad`. Which tensor do you "
        "ask, and has a walk back reached it?",
    ),
    Mistake(
        "graph-walked-twice",
        "One graph walked back twice",
        "loss.backward() a second time, without a new forward pass",
        "You walked back over a graph that was already used up. PyTorch throws its notes away "
        "after one walk, to free memory. A new walk needs new notes, at the place where the weight "
        "is now. Which line makes them, and does it run again before the second walk?",
    ),
    Mistake(
        "zeroed-before-step",
        "Cleared between backward and step",
        "backward(), zero_grad(), step(): the weight stays where it was",
        "You cleared the gradient between the walk back and the step, so there was nothing left to "
        "step with. Clearing belongs before a new gradient arrives, and never between its arrival "
        "and its use. In which order do the four calls have to stand?",
    ),
    Mistake(
        "optimizer-not-called",
        "The optimizer never steps",
        "no optimizer.step(), or weights moved by hand beside it",
        "Your loop never called the optimizer's step. A gradient alone moves nothing, and a weight "
        "that you move by hand ignores what else an optimizer knows, such as momentum. Which call "
        "hands the gradients over to it, and at which place of the loop?",
    ),
    Mistake(
        "loss-not-reduced",
        "A loss that is many numbers",
        "((w * xs - ys)**2).backward(), without .mean()",
        "That loss still holds one number for each example, and a walk back needs a single end to "
        "start from. Chapter 13 made one number of them before it took any slope. Which operation "
        "does that here, so that the amount of data does not change the size of the step?",
    ),
    Mistake(
        "silent-broadcast",
        "Every prediction compared with every target",
        "((m, 1) − (m,))², which has m · m numbers",
        "Here each prediction is compared with *every* target, not with its own. No message says "
        "so, because tensors of different shapes are repeated until they fit, and the mean of m "
        "times m numbers is a number too. Which shapes have the two sides of your minus?",
    ),
    Mistake(
        "dtypes-differ",
        "Numbers of 64 bits with weights of 32",
        "layer(torch.tensor(table)), where the table comes from NumPy",
        "The two sides of that operation have numbers of different sizes: `Double` means 64 bits, "
        "as in NumPy, and `Float` 32, as in PyTorch's layers. PyTorch does not change one of them "
        "behind your back. Ask both for their `.dtype`: which of the two do you want to convert?",
    ),
    Mistake(
        "target-shape-differs",
        "Targets in another shape than the outputs",
        "a loss of outputs (4, 1) and targets (4,)",
        "This loss compares outputs and targets number by number, so both must have one shape, and "
        "here they differ. Both shapes stand in the message. A layer hands back a column, while "
        "targets are often written as a row. Which of the two do you want to reshape?",
    ),
    Mistake(
        "whole-number-gradient",
        "A slope asked of whole numbers",
        "torch.tensor(8, requires_grad=True)",
        "You asked PyTorch for slopes of whole numbers. A slope tells what a *small* nudge does, "
        "and a whole number cannot be nudged by less than 1, so PyTorch refuses. Look at how the "
        "numbers are written that go into this tensor: what do they lack?",
    ),
    Mistake(
        "memory-shared",
        "Two names for the same memory",
        "best = w.detach(), and w moves on in place",
        "That is where the walk *ends*. You did note the best place, but with a second name for "
        "the same memory, and every step in place writes into it. `detach()` cuts the history off "
        "and copies nothing. How do you get numbers that stay when `w` moves on?",
    ),
    Mistake(
        "target-moves-along",
        "A target that is not held",
        "the slope of both sides of prediction − target",
        "Your slope counts that the *target* moves with w as well. Then the model may make its "
        "loss small by moving the goal. The task wants the target as a plain number, with its "
        "value and no history. Which call cuts a history off?",
    ),
    Mistake(
        "matched-the-other-way",
        "A list of pairs read the other way round",
        "for each remedy its message, where for each message its remedy was asked",
        "Your pairs are all right, and the list is read the other way round: it goes through the "
        "remedies and names a message for each. The task goes through the messages. What stands "
        "first in your list, and what should it answer?",
    ),
    Mistake(
        "stuck-at-zero-start",
        "A start at zero that nothing can leave",
        "w = v = 0, where each is the other one's factor",
        "A weight of your neuron is still exactly 0. In v · tanh(w · x + b) each of `v` and `w` "
        "hands the other one its gradient, so with zeros on both sides nothing moves. What should "
        "they be at the start, so that a nudge of either reaches the end?",
    ),
    Mistake(
        "room-left-out",
        "The level at the end left out",
        "above · e^(−rate · t), which falls to 0",
        "Your law has no room in it: it lets the cup cool down to 0 °C. Look at the last readings: "
        "they fall more and more slowly, long before that. To which temperature do they seem to "
        "tend, and which weight of yours could find it?",
    ),
    Mistake(
        "line-for-any-data",
        "A line for any data",
        "a straight boundary for data that no line separates",
        "A straight line has one side and the other side, and that is all. Whatever lies on all "
        "sides of something else cannot be cut off by one straight cut. Draw the rings on paper, "
        "and a line through them: which points of the ring end up on the side of the disc?",
    ),
    Mistake(
        "biases-not-counted",
        "Biases not counted",
        "inputs times outputs for each layer, without the biases",
        "You counted the arrows from neuron to neuron, and each of them has a weight. But every "
        "neuron behind the inputs also adds a number of its own before it bends its sum, and that "
        "number is trained as well. How many of those are there?",
    ),
    Mistake(
        "update-before-backward",
        "Update before backward",
        "optimizer.step() before loss.backward()",
        "Your loop takes its step before it walks back. At that moment the gradient of this round "
        "is not there yet: the step uses an old one, or none at all, and the last gradient is "
        "never used. What does a step need to know, and which call finds it?",
    ),
    Mistake(
        "backward-forgotten",
        "The walk back left out",
        "forward and step, without loss.backward()",
        "Your loop goes forward and steps, but it never walks back. The loss alone moves nothing: "
        "a step needs a gradient, and only a walk back finds one. What your step used was empty or "
        "left over from somewhere else. Which call fills `.grad`, and where does it belong?",
    ),
    Mistake(
        "transpose-missing",
        "A missing transpose",
        "h @ dz for h.T @ dz, dz @ W for dz @ W.T",
        "The shapes do not go together: in a product of arrays, the columns of the first must be "
        "as many as the rows of the second. A gradient has the shape of its weights, so you can "
        "find the order by reading shapes alone. Which of your arrays has to be turned over?",
    ),
    Mistake(
        "activation-slope-forgotten",
        "Slope of the activation forgotten",
        "dz = dh, without the slope of the tanh, sigmoid or ReLU",
        "The gradient went through the bend as if it were not there. On its way forward the number "
        "was bent, and a bend has a slope of its own, which multiplies whatever comes back. Which "
        "slope has this activation, and at which place is it taken?",
    ),
    Mistake(
        "bias-not-summed",
        "Bias gradient not summed over the rows",
        "db = dz, with a row for each example",
        "A bias is one number for each neuron, and your gradient has a row for each example. On "
        "the way forward the same bias was added in every row: it was used many times. What "
        "happens to the pieces that come back to something that was used many times?",
    ),
    Mistake(
        "mask-from-the-wrong-layer",
        "ReLU mask of the wrong layer",
        "d1 = (d2 @ W2.T) * (z2 > 0), where z1 belongs",
        "A ReLU lets a gradient through where it was on during the way forward. You asked another "
        "layer which of its neurons were on. As both layers have the same width, no error is "
        "raised. Through which ReLU does this gradient go, and what went into that one?",
    ),
    Mistake(
        "other-loss",
        "Another loss than the one asked",
        "mean((p − y)²), where the cross-entropy was asked",
        "Your loop makes another loss small than the one that the task names. Both fall while the "
        "network learns, but their slopes differ, and so does every step. Which function does the "
        "task give for the loss, and which one stands in your loop?",
    ),
    Mistake(
        "squashed-twice",
        "Squashed twice",
        "binary_cross_entropy_with_logits(p, y) for probabilities p",
        "That loss expects *logits*, numbers before the sigmoid, and applies a sigmoid itself. "
        "What the model hands over here are probabilities, so they are squashed a second time. "
        "Which of the two losses belongs to a model that ends in a sigmoid?",
    ),
    Mistake(
        "direction-changed",
        "Each number cut off by itself",
        "np.clip(g, −limit, limit), where g · limit/|g| was asked",
        "You cut off each number by itself. That changes the *direction*: where one number is a "
        "thousand times as large as another, both come out alike. A step should become shorter and "
        "lead the same way. By which single factor can all numbers be multiplied?",
    ),
    Mistake(
        "shortened-always",
        "Shortened where nothing was too long",
        "g · limit/|g|, also for |g| < limit",
        "All your gradients come out with the length of the limit, the short ones too, which get "
        "*longer* by that. Near the bottom of a valley a gradient is short for a good reason. When "
        "does something have to be done, and when nothing?",
    ),
    Mistake(
        "label-left-out",
        "The label left out of the slope",
        "p/m, where (p − onehot)/m was asked",
        "Those are the probabilities alone, so every score should go down, that of the right class "
        "as well. The label says which class is right, and it has to enter somewhere. What is "
        "taken away from the probability of the right class?",
    ),
    Mistake(
        "equal-neurons",
        "All neurons start alike",
        "W1 = 0, or the same numbers for each neuron",
        "All your hidden neurons are one and the same, so the network can do no more than a single "
        "one. Neurons with equal weights get equal gradients, and stay equal for ever. What does "
        "the start have to give each of them, so that they can part?",
    ),
    Mistake(
        "epochs-for-steps",
        "Epochs and steps mixed up",
        "5 steps for 5 epochs of ten batches",
        "An epoch is one pass over the data, and a step is one move of the weights. When every "
        "step asks all the data the two are the same number, and with batches they are not. How "
        "many batches does one pass deal, and how often do the weights move in it?",
    ),
    Mistake(
        "examples-for-batches",
        "Examples counted for batches",
        "1,000 steps for 1,000 examples in batches of ten",
        "You counted each example by itself. With batches the weights move, and everything else "
        "in that loop happens, once for a whole batch, however many examples it holds. Into how "
        "many batches does one epoch deal the examples?",
    ),
    Mistake(
        "rest-left-out",
        "The rows that are left over are lost",
        "count // size batches, where the last one is smaller",
        "Where the rows do not divide evenly, some of them never come: you stop as soon as fewer "
        "than a whole batch are left. These few belong to the epoch as well, as a smaller batch "
        "at its end. Where does the last slice have to begin, and where may it end?",
    ),
    Mistake(
        "drawn-with-replacement",
        "Rows drawn anew for each batch",
        "each batch drawn from all rows again",
        "In one pass some of your rows come twice and others not at all, as if each card went back "
        "into the pack after it had been seen. An epoch asks every row exactly once. What has to "
        "be done once, before the first batch is dealt?",
    ),
    Mistake(
        "shuffled-apart",
        "Points and labels shuffled apart",
        "X in one order and y in another",
        "Every row comes, and so does every label, but they are no longer those of each other. A "
        "network trained on such pairs learns nothing, and no error is raised. Which one thing "
        "has to be shuffled, so that X and y can both follow it?",
    ),
    Mistake(
        "not-shuffled",
        "Dealt without a shuffle",
        "the rows as they stand, or whole runs of them",
        "Your batches hold rows that stand next to each other in the data. Where a file is sorted "
        "by its labels, such a batch would know one label alone, and pull everything its way. "
        "What should happen to the order of the rows before they are cut into batches?",
    ),
    Mistake(
        "one-shuffle-for-all",
        "The same shuffle in every epoch",
        "the same batches, epoch after epoch",
        "Your rows are well mixed, but the second epoch has the same batches as the first, so the "
        "same few rows always speak together. A seed of your own inside of the function begins "
        "anew at each call. Which source of randomness goes on from call to call?",
    ),
    Mistake(
        "randomness-from-elsewhere",
        "Another source of randomness than the one handed over",
        "np.random.permutation, where rng was given",
        "Every epoch is well dealt, but two generators with the same seed give two different "
        "deals, so nobody can repeat a run of yours. The function is handed a source of "
        "randomness. Does yours ask it, or somebody else?",
    ),
    Mistake(
        "batches-turned-round",
        "The calmest curve for the smallest batch",
        "the sizes in the reverse order",
        "You gave small batches to the calm curves and large ones to the wild curves. Think of an "
        "opinion poll: does one that asks five people or one that asks all of them come out "
        "nearly the same each time? And how many steps does each batch size get in an epoch?",
    ),
    Mistake(
        "clock-not-set-back",
        "The second stage counted from the start",
        "cos(π · step / total), where the wave begins after the warm-up",
        "Your wave has been running since step 0, so when the warm-up ends and it takes over, a "
        "part of it has passed already, and η jumps. The wave has a beginning and a length of its "
        "own. How many steps of it have passed at the moment when it takes over?",
    ),
    Mistake(
        "whole-wave",
        "A whole wave for half of one",
        "cos(2π · share), where cos(π · share) was asked",
        "Your η sinks to 0 and then rises again, so the longest steps come at the very end. A "
        "whole turn brings the cosine back to where it began. How far may the angle go, so that "
        "the cosine has sunk from 1 to −1 and no further?",
    ),
    Mistake(
        "train-on-test",
        "Judged by the points it was trained on",
        "the training score in place of the test score",
        "These points took part in the training, or in choosing what to keep: the network was "
        "fitted to them, their accidents included. That says how well it remembers. Which points "
        "could say how well it will do on something that it has never seen?",
    ),
    Mistake(
        "guessing-loss",
        "The loss of somebody who guesses",
        "another number than ln k, for k classes",
        "A network that knows nothing gives every class the same probability, and its loss is −ln "
        "of what the right class got. The wrong classes do not enter it by themselves. How large "
        "is that one probability, and what does the logarithm make of it?",
    ),
    Mistake(
        "exact-sums-expected",
        "Sums of floats taken for exact",
        "a + 1, where the nearest float is a",
        "A float has room for a fixed number of digits, and 32 bits have room for seven. What does "
        "not fit is rounded to the nearest number that exists, and no error tells. How far apart "
        "are the neighbours of a number as large as this one?",
    ),
    Mistake(
        "chosen-by-the-test",
        "The test set used to choose",
        "the epoch or the variant with the best test score",
        "No weight was fitted to these rows, and still they had a say: the best of several tries "
        "was picked by its score on them. The luckiest try wins such a choice, so its score is too "
        "good. Which part of the data was set aside for choosing?",
    ),
    Mistake(
        "scaled-before-the-split",
        "Scaled before the split",
        "mean and spread of all rows, those of the test among them",
        "Numbers of rows that you must not know yet have slipped into the training data, through a "
        "mean and a spread that were taken from the whole table. Then the test is no longer about "
        "something new. From which rows alone may these numbers come?",
    ),
    Mistake(
        "scaled-part-by-part",
        "Each part scaled by its own numbers",
        "(X_test − mean of X_test) / spread of X_test",
        "One and the same picture becomes other numbers in another part, since each part was "
        "scaled by itself. The network learns from numbers of one kind and is asked about another. "
        "When one single new picture comes in, which mean and spread will you have for it?",
    ),
    Mistake(
        "divided-by-no-spread",
        "Divided by a spread of 0",
        "(x − mean) / 0",
        "There are numbers in it that are none: `nan` or `inf`. A column that holds the same "
        "number in every row has a spread of 0, and that is what you divided by. A single `nan` "
        "spreads through all weights in one step. What could stand below where the spread is 0?",
    ),
    Mistake(
        "double-for-single",
        "float64 where layers hold float32",
        "torch.tensor(array), which keeps the type of NumPy",
        "Your inputs have another type than the layers of PyTorch, which hold float32. NumPy "
        "counts in float64, a tensor made from its array inherits that, and the first layer stops "
        "with an error about Double and Float. Where can the type be said when the tensor is made?",
    ),
    Mistake(
        "labels-not-whole",
        "Labels as float or as rows of zeros and ones",
        "y.float(), or one_hot(y)",
        "Your labels are no whole numbers in one row. `CrossEntropyLoss` takes the number of the "
        "right class for each example, as int64, and looks the score up by it. Floats and rows of "
        "zeros and a one mean something else to it. What is the label of a seven, then?",
    ),
    Mistake(
        "softmax-twice",
        "Softmax twice",
        "CrossEntropyLoss of what is a probability already",
        "The scores are squashed into probabilities before the loss, and `CrossEntropyLoss` does "
        "that once more. Probabilities differ by one at most, so after the second squashing even a "
        "sure answer looks unsure, and the slopes are faint. Who should apply the softmax, and how "
        "often?",
    ),
    Mistake(
        "layers-not-registered",
        "Layers that PyTorch does not know of",
        "self.layers = [nn.Linear(…), …], a plain list",
        "Some layers stand where PyTorch does not look: in a plain list or a dict. It finds those "
        "that are attributes of the class themselves. `parameters()` leaves out the others, so no "
        "optimiser moves them and no file keeps them. What can hold several layers, and is known?",
    ),
    Mistake(
        "forgotten-eval",
        "Forgotten eval()",
        "predictions with dropout still on",
        "Dropout was on where it should rest: the network was judged with a part of its neurons "
        "switched off at random, and the same picture gets another answer with every call. "
        "Training needs that, judging does not. Which call turns it off, and where does it belong?",
    ),
    Mistake(
        "train-forgotten",
        "Forgotten train()",
        "eval() once, and never back",
        "After the first look at the validation data the network stayed in the mode for judging, "
        "so from then on dropout was off in training as well. The two modes take turns, once each "
        "in every epoch. Which call is missing, and at the beginning of which loop?",
    ),
    Mistake(
        "not-shuffled",
        "Not shuffled",
        "rows in the order of the file",
        "The rows come in the order of the table. What stands together there was often made "
        "together, by the same hand or on the same day, so neighbours are alike, and a piece of "
        "the table is no picture of the whole. What would you do with a deck of cards first?",
    ),
    Mistake(
        "seed-ignored",
        "The seed has no effect",
        "a generator without its seed, or no generator at all",
        "The seed does not decide what happens here. With the same seed all has to come out again, "
        "or nobody can repeat your numbers; with another one it has to differ, or you never see "
        "how much luck is in them. Where in your code should the seed be handed over?",
    ),
    Mistake(
        "pairs-torn",
        "Inputs and labels torn apart",
        "X shuffled, y not, or both by different orders",
        "Some pictures carry the label of another one. That happens when inputs and labels are put "
        "into a new order separately, and no error tells: the network learns noise, and its loss "
        "stays near that of guessing. How can one and the same order be used for both?",
    ),
    Mistake(
        "rows-left-out",
        "Rows left out of the judging",
        "drop_last=True for validation",
        "Some rows never arrive where they should be counted. `drop_last=True` leaves out the last "
        "batch where it is not full; so does a loop that stops early. A score from a part of the "
        "rows changes with the size of a batch. How many rows does one round give, and how many "
        "are there?",
    ),
    Mistake(
        "graphs-kept",
        "Losses kept with their graphs",
        "history.append(loss)",
        "What you keep of each batch is a tensor with its graph behind it. So every batch stays in "
        "memory with all that led to its loss, and a long training fills the machine. For a curve "
        "the bare number is enough. Which method of a tensor hands that over?",
    ),
    Mistake(
        "starts-not-equal",
        "One seed for all runs together",
        "manual_seed once, before the loops",
        "A number in your table depends on what ran before it. So two variants differ by their "
        "luck as well as by the thing that you changed, and nobody can repeat one of them alone. "
        "What has to be set anew, and where in the two loops, so that each run begins alike?",
    ),
    Mistake(
        "whole-object-saved",
        "The whole object in the file",
        "torch.save(net, path)",
        "Your file holds the object itself, not only its weights. To open it, Python needs your "
        "class in the same place with the same name, and it runs code that stands in the file, "
        "which nobody should do with a stranger's. What does `state_dict()` hold instead?",
    ),
    Mistake(
        "vanishing-overlooked",
        "Vanishing gradient overlooked",
        "a deep chain of sigmoids, and nothing that leads around them",
        "Every layer on the way back multiplies the gradient by a factor that is well below one, "
        "and you have many layers. Look at the height of the first bar, and mind the scale: each "
        "line is a power of ten. What could give the gradient a way around the bends?",
    ),
    Mistake(
        "mean-of-means",
        "The mean of means over unequal parts",
        "(ḡ₁ + ḡ₂)/2, where (n₁ ḡ₁ + n₂ ḡ₂)/(n₁ + n₂) was asked",
        "You took the plain mean of the parts, as if each held equally many examples. A part with "
        "few examples then counts as much as one with many, and so each of its examples counts "
        "more. By what should a part be multiplied, so that every single example counts the same?",
    ),
    Mistake(
        "not-divided-by-workers",
        "Sum for mean: not divided by the number of workers",
        "ḡ₁ + ḡ₂ + …, where their mean was asked",
        "You added up the means of the parts and did not divide. The more workers there are, the "
        "larger your result grows, and with it every step, as if somebody had turned up the "
        "learning rate. What should a thousand workers with the same data find, if one of them "
        "finds a slope?",
    ),
    Mistake(
        "sizes-swapped",
        "Each part weighted by the size of another",
        "(n₂ ḡ₁ + n₁ ḡ₂)/(n₁ + n₂)",
        "You did weight the parts, but each with the number of examples of another one, so the "
        "small part speaks louder than the large one. Write the two lists below each other: which "
        "number of examples belongs to which slope?",
    ),
    Mistake(
        "own-shard-only",
        "One worker's data taken for all",
        "ḡ₁ alone, where the gradient of all data was asked",
        "That is what one worker knows from its own examples. Nobody told it about the others, so "
        "it walks to the best place for its own part of the data. Which message has to go round "
        "before anybody takes a step?",
    ),
    Mistake(
        "loss-for-gradient",
        "The loss exchanged in place of the gradient",
        "all_reduce(loss), and a step along the worker's own gradient",
        "What went round was a single number, the loss. Now everybody knows how wrong all are "
        "together, and nobody knows in which direction the others would step: each gradient is "
        "still that of a worker's own rows. Which numbers does a step need from the others?",
    ),
    Mistake(
        "exchanged-too-late",
        "The exchange behind the step",
        "a step along the own gradient, and the all-reduce after it",
        "Something of the right size did go round, but what each worker stepped along does not "
        "hold what the others brought, and so their weights come apart. Follow the gradient from "
        "line to line: where is it exchanged, and where is it used?",
    ),
    Mistake(
        "weights-averaged-for-gradients",
        "Weights averaged after several steps, in place of gradients at every step",
        "mean of the trained weights, where one training with mean gradients was asked",
        "Your workers walk alone for several steps and meet afterwards. From the second step on "
        "each of them measures its slope at a place of its own, and the mean of such walks is not "
        "the walk of the mean. After which step do they have to talk, so that all stand at one "
        "place?",
    ),
    Mistake(
        "every-worker-sees-all",
        "Every worker sees all the data",
        "the same rows on each worker, so that nothing is shared",
        "If every worker computes on all examples, their mean is right: it is the mean of equal "
        "numbers. But then each of them does the whole work, and nothing gets faster. Which rows "
        "does each worker read, and how many should it read?",
    ),
    Mistake(
        "different-starts",
        "Different starting weights",
        "workers that begin at different places, or with different random numbers",
        "Workers that begin at different places take the same steps side by side and stay apart "
        "for ever: equal steps do not heal unequal starts. You would see that in their weights, "
        "which differ between the workers from beginning to end. Do they differ here?",
    ),
    Mistake(
        "linear-speed-up",
        "Linear speed-up assumed",
        "N times as fast with N workers",
        "That would be so if workers never had to talk. The computing is shared, but the exchange "
        "is not: it comes on top, in every step, and does not shrink with the number of workers. "
        "How long does the shared step take when you add it?",
    ),
    Mistake(
        "efficiency-for-speed-up",
        "Efficiency for speed-up",
        "T₁/(N · T_N), where T₁/T_N was asked",
        "That is the efficiency: the share of its time that each worker spends computing. The "
        "question asks for the speed-up, which compares the time of one worker with the time of "
        "all of them together. By what is one still to be multiplied to give the other?",
    ),
    Mistake(
        "everything-to-everybody",
        "Everybody sends everything to everybody",
        "(N − 1)·B for each worker, where a ring needs 2(N − 1)/N·B",
        "That is what each worker sends if it mails its whole gradient to all of the others. A "
        "ring does better: sums travel on, and so a number is passed on after it has been added "
        "up. How large is one message in the ring, and how many of them does each worker send?",
    ),
    Mistake(
        "half-the-ring",
        "Only one of the two rounds of the ring",
        "(N − 1)/N·B",
        "You counted one round. After it each worker holds one complete chunk, and all the other "
        "chunks are still incomplete. What has to go round a second time, and how many messages "
        "does that take?",
    ),
    Mistake(
        "whole-gradient-in-each-message",
        "The whole gradient in each message of the ring",
        "2(N − 1)·B",
        "You have the right number of messages, but each of them carries one chunk, not the whole "
        "gradient. Look at the figure of the ring again: into how many chunks is the gradient "
        "cut, and how large is one?",
    ),
    Mistake(
        "fewer-workers",
        "Fewer workers in place of more work for each",
        "a small N, where N was given",
        "With fewer workers there is less to talk about, that is true, and the share of talking "
        "falls. But then you have given up the machines you were asked to use. Put them back: "
        "what else makes the computing of a step longer, and leaves the exchange as it is?",
    ),
    Mistake(
        "divided-by-the-parts",
        "Divided by the number of parts",
        "Σ nₖ ḡₖ / N, where Σ nₖ ḡₖ / Σ nₖ was asked",
        "You divided by the number of parts. What you have added up are examples, and the same "
        "examples may lie in two parts or in ten. A mean should not depend on how the data was "
        "cut. Which number stays the same however it is cut?",
    ),
    Mistake(
        "one-message-for-all",
        "One message taken for all of them",
        "B/N, where 2(N − 1) messages of B/N were asked",
        "That is the size of one single message: one chunk of the gradient. But a worker sends a "
        "chunk in every step of both rounds. How many steps does each round have with so many "
        "workers, and what do all these chunks add up to?",
    ),
    Mistake(
        "waits-for-ever",
        "A wait without a limit",
        "the survivor hangs, where it is told and stops",
        "It would, if nobody told it and nothing limited its patience. But the system closes the "
        "connection of a process that has died, and the other end is told. And a worker that "
        "falls silent meets a limit that was set. So what does a worker do that learns this in "
        "the middle of a sum?",
    ),
    Mistake(
        "rate-blamed",
        "The learning rate blamed for a wrong sum",
        "a smaller η, where a division was missing",
        "A smaller learning rate would hide it. But with one worker this one was fine, and the "
        "number in the code is the same for eight. So what else in that line makes the step "
        "longer when there are more parts?",
    ),
    Mistake(
        "given-changed",
        "What was given is changed",
        "another network or another model than the task has",
        "You changed the network or the model. Both would help, and both were given: somebody has "
        "laid those cables already, and somebody else wants that model. Put them back to where "
        "they were. Which slider is left, and what does it do to the three bars?",
    ),
    Mistake(
        "exchange-shared",
        "The exchange shared as well",
        "T₁/((T₁ + t)/N), where T₁/(T₁/N + t) was asked",
        "You shared the exchange among the workers as well. But talking does not get shorter by "
        "being many: every worker is busy with it for the whole time. Which part of a step is "
        "shared, and which comes on top, for everybody?",
    ),
    Mistake(
        "time-for-speed-up",
        "A time in place of a speed-up",
        "T₁/N + t, where T₁/(T₁/N + t) was asked",
        "That is how long a step of all workers takes, in seconds, and you have worked it out "
        "well. The question asks how many times as fast they are as one worker alone. Which time "
        "do you compare with yours, and which of the two stands on top?",
    ),
    Mistake(
        "replicated-not-shared",
        "What everybody keeps taken for what is shared out",
        "120 GB / 64, where each of 64 workers keeps 120 GB",
        "In data-parallel training the examples are shared out, while every worker keeps the whole "
        "model. Only where weights, gradients or what the optimizer remembers are cut as well does "
        "more company mean less to carry. Which of them are cut here?",
    ),
    Mistake(
        "weights-alone",
        "The weights counted, and not what training keeps besides",
        "2 bytes for each parameter, where 16 are kept",
        "The weights are the smallest part of what a training keeps. There is a gradient for each "
        "of them, and an optimizer such as Adam remembers several numbers more. How many bytes "
        "are that for one parameter, all in all?",
    ),
    Mistake(
        "even-shares",
        "Equal shares for unequal workers",
        "N/4 each, where they work at different speeds",
        "You gave all of them the same share. Then the fast ones are ready early and wait, and the "
        "step takes as long as the slowest one needs. What should be the same for all of them at "
        "the end: the number of examples, or the time?",
    ),
    Mistake(
        "delays-left-out",
        "Shared out by speed alone",
        "examples · speed / (sum of speeds), whatever the delay",
        "Your shares go by the speeds alone. That would be right if all could begin at once. But a "
        "machine that begins later has less time until the others are ready, and one that begins "
        "very late has none. Where does the delay enter your shares?",
    ),
    Mistake(
        "shares-not-whole",
        "Shares that are no whole numbers of examples",
        "333.3 examples for one worker",
        "Your times are good, but an example cannot be cut in two: some of your shares are no "
        "whole numbers. If you round them all, they may no longer add up to all examples. How do "
        "you round so that none is lost?",
    ),
    Mistake(
        "computing-not-shared",
        "The computing is not shared",
        "T₁/(T₁ + t), where T₁/(T₁/N + t) was asked",
        "You added the exchange, but left the computing as long as it was with one worker. The "
        "batch is shared now, and each computes only its own part of it. How long does that part "
        "take?",
    ),
)

MISTAKES: dict[str, Mistake] = {entry.id: entry for entry in _ENTRIES}
