"""Questions of chapter 17 that gave their place to better ones."""

import numpy as np

from utils.checks import Choice, Formula, Number, Question, Rival

SLOPES_1, SIZES_1 = (2.0, -1.0), (300, 100)  # exercise 1

QUESTIONS = [
    Question(
        id="many_machines.1",
        title="Three hundred and one hundred",
        difficulty=1,
        minutes=3,
        answer=Number(float(np.average(SLOPES_1, weights=SIZES_1))),
        rivals=[
            Rival("mean-of-means", sum(SLOPES_1) / 2),
            Rival("not-divided-by-workers", sum(SLOPES_1)),
            Rival(
                "forgotten-mean",
                float(np.dot(SLOPES_1, SIZES_1)),
                message="You turned both means back into sums and added them, which is the right "
                "way to begin. That is the slope of the summed loss. The question asks for the "
                "mean over all examples. How many examples are there in all, and what is left to "
                "do?",
            ),
            Rival("sizes-swapped", float(np.average(SLOPES_1, weights=SIZES_1[::-1]))),
            Rival("own-shard-only", SLOPES_1[0]),
        ],
        hints=[
            "A mean slope of 2 over 300 examples: what is the sum of their slopes?",
            "Do the same for B, and add the two sums.",
            "Divide by the number of all examples, 300 + 100.",
        ],
        solution="```python\nanswer_1 = (300 * 2 + 100 * (-1)) / (300 + 100)\n```",
        why="Back to sums, add, divide once.",
        next="A plain mean would let each of B's examples count three times.",
    ),
    Question(
        id="many_machines.3",
        title="Bytes on the wire",
        difficulty=2,
        minutes=5,
        answer=Formula(
            "2*(N - 1)/N*B",
            variable="N B",
            probes=[(2, 10), (3, 12), (4, 100), (10, 7), (1000, 5), (8, 64)],
        ),
        rivals=[
            Rival("everything-to-everybody", "(N - 1)*B"),
            Rival("half-the-ring", "(N - 1)/N*B"),
            Rival("whole-gradient-in-each-message", "2*(N - 1)*B"),
            Rival(
                "one-step-too-many",
                "2*B",
                message="You let each round have N messages. That is nearly so for many workers, "
                "but a worker holds one piece of the sum from the start and need not send it to "
                "itself. With two workers, how many messages does each of them send in one round?",
            ),
        ],
        hints=[
            "The gradient is cut into N chunks. How many bytes has one?",
            "How many messages does each worker send in one round, and how many rounds are there?",
            "2 rounds, N − 1 messages each, B/N bytes in each.",
        ],
        solution='```python\nanswer_3 = "2*(N - 1)*B/N"\n```',
        why="2(N − 1) messages of B/N bytes.",
        next="For two workers it is B, for a million it is still below 2B.",
    ),
    Question(
        id="many_machines.predict_sum",
        title="Two halves of a sum",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "add them",
                "b": "take their mean",
                "c": "it cannot be found without all data in one place",
            },
        ),
        rivals=[
            Rival(
                "divided-by-the-parts",
                "b",
                message="A mean would be right for a mean loss and equal halves. Here the loss is "
                "a sum over all examples, and each example adds a term of its own. If the second "
                "worker's terms were all zero, should the first one's gradient then be halved?",
            ),
            Rival(
                "every-worker-sees-all",
                "c",
                message="It looks so, since no worker ever sees the other's rows. But look at the "
                "whole sum, written out: each of its terms belongs to one single row, and its "
                "slope can be computed by the worker that holds it. What is left to do with the "
                "slopes of all the terms?",
            ),
        ],
        hints=[
            "The whole sum is the sum over the first rows plus the sum over the other rows.",
            "Which rule of chapter 05 speaks of a function f + g?",
            "(f + g)′ = f′ + g′.",
        ],
        solution='```python\ncheck("many_machines.predict_sum", "a")\n```',
        why="The sum rule: the slope of a sum is the sum of the slopes.",
        next="It does not matter where the parts are computed, nor in how many.",
    ),
]
