"""One of several options, as in a "predict" question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from utils.checks import words
from utils.checks.answer import Answer, Asked, Given, is_blank
from utils.checks.feedback import Outcome
from utils.checks.reading import Reading
from utils.checks.verdict import Verdict


@dataclass(frozen=True)
class Choice(Answer):
    """One of several options is asked, as in a "predict" question.

    truth: the letter of the right option.
    options: letter to text, or a sequence of texts, which get the letters a, b, c, …
    """

    truth: str
    options: Mapping[str, str] | Sequence[str]

    @cached_property
    def texts(self) -> dict[str, str]:
        """Letter (in lower case) to text."""
        if isinstance(self.options, Mapping):
            return {letter.strip().lower(): text for letter, text in self.options.items()}
        return {chr(ord("a") + index): text for index, text in enumerate(self.options)}

    @property
    def offered(self) -> dict[str, str]:
        return self.texts

    def is_empty(self, seen: Given) -> bool:
        given = seen.reading
        return is_blank(given) or (given.is_text and not _on_one_line(given.text).strip(" ."))

    def empty(self, question_id: str) -> str:
        return (
            "You have not chosen yet. Put the letter of one option in quotes where the `...` "
            "stands. A guess that you have made teaches more than an answer that you have "
            "read."
        )

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        letter = self._letter(seen.reading)
        if letter is None:
            return Verdict.of(Outcome.TYPE, no_option(_shown(seen.reading), self.texts))
        if letter == self.truth.strip().lower():
            return question.correct
        said = f"You chose `{letter}`: {self.texts[letter].rstrip('.')}."
        for rival in question.rivals:
            if str(rival.answer).strip().lower() == letter:
                return rival.named(said)
        return Verdict.of(Outcome.WRONG, wrong_option(said, question.id))

    def _letter(self, given: Reading) -> str | None:
        """The option that was chosen, by its letter or by its whole text."""
        if not given.is_text:
            return None
        text = _on_one_line(given.text)
        letter = text.strip("().:, ")
        for key, option in self.texts.items():
            if text == _on_one_line(option):
                letter = key
        return letter if letter in self.texts else None

    def ambiguities(self, question: Asked) -> list[str]:
        """The truth and the rivals must be options, and each another one."""
        letters = [str(rival.answer).strip().lower() for rival in question.rivals]
        found = [f"{letter} is no option" for letter in letters if letter not in self.texts]
        if self.truth.strip().lower() not in self.texts:
            found.append("the right answer is no option")
        if self.truth.strip().lower() in letters:
            found.append("a rival is the right answer")
        if len(set(letters)) < len(letters):
            found.append("two rivals share an option")
        return found


def _on_one_line(text: str) -> str:
    """In lower case, with single spaces."""
    return " ".join(text.split()).lower()


# --- what is said ---


def _shown(given: Reading) -> str:
    shown = f"`{given.text[:30]}`" if given.is_text else given.name
    return shown.replace("\n", " ")


def no_option(given: str, options: dict[str, str]) -> str:
    """A choice that is not among the options."""
    letters = [f"`{letter}`" for letter in options]
    return (
        f"You gave {given}, and the options here are {', '.join(letters[:-1])} and {letters[-1]}. "
        "Write the letter of one option as a text, with quotes around it, such as "
        f'`"{next(iter(options))}"`; capital letters and spaces do not matter. Which of them do '
        "you expect?"
    )


def wrong_option(said: str, question_id: str) -> str:
    """A wrong option with no message of its own."""
    return (
        f"{said} That is not what happens here. Say in one sentence why you chose it, then test "
        "that sentence on the smallest example that you can work out by hand. Does it hold there? "
        f"{words.next_step(question_id)}"
    )
