"""The catalogue of mistakes: every misconception a check can name, one entry each.

An entry is plain text, meant to be read and edited by teachers. A question points at an entry by
its id and adds the *rival*: the answer that somebody with this misconception would give
(``Rival("value-for-slope", lambda x: x**2)``). A question may also replace the message.

A message has 30 to 80 words, says what such an answer computes, and ends on the question that
leads on. It never contains an answer, so it must hold for every question that uses it. What the
learner gave ("You gave 9.") is put in front of it by ``judge.py``.
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

    Attributes:
        id: The name questions and tests use, in lower case with hyphens.
        name: The name a teacher would say.
        looks_like: The rival answer it leads to, in words or as a formula.
        message: What the learner reads, 30 to 80 words, ending on a question.
        source: Where the literature describes it; empty if we know it only from practice.
    """

    id: str
    name: str
    looks_like: str
    message: str
    source: str = ""


_ENTRIES = (
    # ---- a change ----------------------------------------------------------------------------
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
    # ---- a straight line ---------------------------------------------------------------------
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
        "slope-for-intercept",
        "Slope for intercept",
        "m, where b was asked",
        "That is how fast the line climbs, not the height it starts from. The intercept is the "
        "value of the line where x is 0, on the y-axis. Walk back along the line to x = 0: what "
        "height do you arrive at?",
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
        "You took the middle of the speeds as if each of them held for the same time. A slow part "
        "lasts longer, so it counts for more. How far was the whole way, and how long did the "
        "whole way take?",
    ),
    # ---- average rate of change --------------------------------------------------------------
    Mistake(
        "average-of-endpoint-slopes",
        "The average of the slopes at both ends",
        "[f′(a) + f′(b)]/2, where [f(b) − f(a)]/(b − a) was asked",
        "That is the middle of the two slopes at the ends. The average rate asks for less: only "
        "how far the value moved in all, and how long the stretch was. What are the two values "
        "at the ends, and what is their difference divided by the length?",
        ORTON,
    ),
    Mistake(
        "average-of-values",
        "The average height for the average rate",
        "[f(a) + f(b)]/2, where [f(b) − f(a)]/(b − a) was asked",
        "That is the middle of the two heights. It says how high the curve is between the ends, "
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
    # ---- limit and derivative ----------------------------------------------------------------
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
        "step away from where you stand, so it has to be multiplied by the way you went. You start "
        "at `x0` and arrive at `x`: how long is that way?",
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
        "That is the middle between the slope from the left and the slope from the right. Two "
        "numbers always have a middle, even when they disagree. The question is whether they "
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
    # ---- rules -------------------------------------------------------------------------------
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
        "forgotten-inner-derivative",
        "Forgotten inner derivative",
        "f′(g(x)), where f′(g(x)) g′(x) was asked",
        "You took the slope of the outer function, and that part is right. But its input moves "
        "at a speed of its own. Think of two gears: when x takes one small step, how far does "
        "the inside move, and where does that factor go?",
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
        "degrees-for-radians",
        "Degrees for radians",
        "sin(x°), where sin(x) was asked",
        "These values fit an angle that is measured in degrees. Slopes of sine and cosine come "
        "out clean only in radians, where one full turn is 2π, and Python's functions expect "
        "that too. Which unit did your angle have on its way in?",
    ),
    # ---- many variables, descent, training ----------------------------------------------------
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
        "gradient-not-zeroed",
        "Gradients not zeroed",
        "each step uses the sum of all gradients so far",
        "Every call of `backward()` adds to the gradient that is already there. So from the "
        "second step on, your update used old slopes together with the new one. What has to "
        "happen to `.grad` between one step and the next?",
    ),
    Mistake(
        "update-inside-graph",
        "Update inside the graph",
        "w = w - lr * w.grad, without torch.no_grad()",
        "Your update was recorded as if it were part of the model, so PyTorch either refuses it "
        "or goes on from a tensor that is no longer a leaf. Moving a weight is not part of the "
        "forward pass. How can you tell PyTorch not to watch this line?",
    ),
)

MISTAKES: dict[str, Mistake] = {entry.id: entry for entry in _ENTRIES}
