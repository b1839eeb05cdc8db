"""What is said where a figure runs a learner's function and a limit stops it."""

from utils.running import Reason


def why(stopped: Reason, seconds: float) -> str:
    """The reason in words, as a sentence about "your function" and the question it leads to.

    seconds: how long it was allowed to run.
    """
    match stopped:
        case "memory":
            return "your function took more and more memory. Is there a list in it that grows?"
        case "import":
            return "an `import` in your function did not end. Is there a loop in what it imports?"
        case "wait":
            return (
                f"your function was still waiting after {seconds:g} seconds. Is there an `input()` "
                "or a `sleep` in it?"
            )
    return (
        f"your function did not end within {seconds:g} seconds. Is there a `while` loop in it "
        "whose condition stays true?"
    )
