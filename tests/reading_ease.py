"""How hard a text is to read."""

import re


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith(("e", "es", "ed")) and not word.lower().endswith(("le", "ted"))
    return max(1, len(groups) - silent)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: the school year in which a text can be read."""
    plain = re.sub(r"`[^`]*`", "x", text)
    sentences = len(re.findall(r"[.:;?!](?:\s|$)", plain))
    parts = re.findall(r"[A-Za-z]+(?:'[a-z]+)?", plain)
    return 0.39 * len(parts) / sentences + 11.8 * sum(map(syllables, parts)) / len(parts) - 15.59
