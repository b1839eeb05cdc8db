"""What the notebooks of the course share.

functions   the catalogue: name, formula, f, f′, domain
surfaces    the same for two variables: gradient, window, flat places
contours    a surface from above: its contour lines
formulas    reads formulas that learners type
running     runs learners' code with a time limit
tripwire    stops a function at its next line, from Python 3.12 on
slopes      rise over run, difference quotients, numerical gradients
descent     gradient descent and its remedies: momentum, AdaGrad, RMSProp, Adam
autograd    the engine that chapter 14 builds, finished
data        small tables with their sources
models      what the figures and the questions of a chapter both compute
watching    what a learner's training loop calls, and in which order
workers     what trains on several processes in chapter 17
style       the look of every figure, one colour for one meaning
borrowed    what is changed in other people's objects
numerals    numbers as learners read them
describe    every figure told in words and numbers
stage       the live figure: matplotlib draws what stands still, the browser moves what moves
explorers   the live figures of each chapter
checks      check, hint, solution, progress
questions   the questions of each chapter
examples    functions on which the questions try answers
bank        where the checks find the questions
older       where names live that older notebooks import from elsewhere

Nothing of these is imported from here by itself: each part is imported by its name. Here alone it
is said which questions `check` asks: those of the course, opened when the first one is asked for.
"""

from utils import bank

bank.hand_in("utils.questions")
