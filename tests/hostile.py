"""Answers that answer back in every way in which an object can."""


class Hostile:
    """Every way in which an object can answer back."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __eq__(self, other):
        return True

    def __bool__(self):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError

    __hash__ = None


class EqualsAll(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    def __abs__(self):
        return 0.0

    __hash__ = None


class SpeaksBadly(Exception):
    def __str__(self):
        raise RuntimeError("no words")
