"""Atoms on slides: a heading begins one, and what fits together stands together."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tools.site.slides.atoms import Atom, Section, joined
from tools.site.slides.heights import FIRST, LATER

Height = Callable[[Atom], float]  # of an atom on its own; `beside` asks for that beside a figure


# Of a vote, in pixels: an option, and what is said to it; and where none is offered.
OPTION, VERDICT = 62, 140
OPEN_OPTION, OPEN_VERDICT = 48, 110
SHORT = 0.45  # of a slide
SQUEEZED = 1.15  # slides that a single thing may fill: its letters become a little smaller
NARROW = 38  # letters of code in a line that has room beside a figure


@dataclass
class Slide:
    """One slide: atoms from top to bottom, or some beside a figure, or a vote.

    section: its place in the list of sections. first: whether it begins that section.
    """

    section: int
    first: bool
    atoms: list[Atom] = field(default_factory=list)
    figure: Atom | None = None
    vote: Atom | None = None

    @property
    def room(self) -> float:
        return FIRST if self.first else LATER


class Packer:
    """Puts the sections of a lesson on slides. wide, beside: how high an atom is."""

    def __init__(self, wide: Height, beside: Height) -> None:
        self._alone, self._beside = wide, beside
        self._slides: list[Slide] = []

    def pack(self, sections: Sequence[Section]) -> list[Slide]:
        """All slides, in order."""
        for number, section in enumerate(sections):
            self._slides.append(Slide(number, first=True))
            waiting: list[Atom] = []  # text that may stand beside a figure
            for atom in section.atoms:
                if atom.kind in ("figure", "vote"):
                    self._place_alone(atom, waiting)
                    waiting = []
                else:
                    waiting.append(atom)
            self._stack(waiting)
        return [slide for slide in self._slides if self._holds_something(slide)]

    def _wide(self, atom: Atom) -> float:
        return self._alone(atom) if atom.height is None else atom.height

    def is_short(self, slide: Slide) -> bool:
        """Whether a few words have a slide for themselves; they are shown larger."""
        words = all(atom.kind == "text" and "<table" not in atom.html for atom in slide.atoms)
        return words and sum(map(self._wide, slide.atoms)) < SHORT * slide.room

    def _holds_something(self, slide: Slide) -> bool:
        return bool(slide.atoms or slide.figure or slide.vote)

    def _place_alone(self, atom: Atom, before: list[Atom]) -> None:
        """A figure or a vote, with as much of the text before it as there is room for."""
        with_it = (
            self._beside_figure(before) if atom.kind == "figure" else self._above(atom, before)
        )
        self._stack(before[: len(before) - len(with_it)])
        slide = self._empty_slide()
        slide.atoms = with_it
        if atom.kind == "figure":
            slide.figure = atom
        else:
            slide.vote = atom

    def _beside_figure(self, before: list[Atom]) -> list[Atom]:
        """The last texts before a figure that have room beside it, short code among them.

        What opens the lesson stays with its title: there it is the last cell's alone.
        """
        opening = len(self._slides) == 1
        room, chosen = FIRST, []
        for atom in reversed(before):
            height = self._beside(atom)
            if height > room or not _is_narrow(atom) or (opening and atom.cell != before[-1].cell):
                break
            room -= height
            chosen.insert(0, atom)
        return _with_what_announces(before, chosen)

    def _above(self, vote: Atom, before: list[Atom]) -> list[Atom]:
        """The last texts before a vote that have room above it."""
        asked = vote.vote
        if asked is None:
            return []
        option, verdict = (OPEN_OPTION, OPEN_VERDICT) if asked.answer else (OPTION, VERDICT)
        room = FIRST - self._wide(vote) - verdict - option * len(asked.options)
        chosen: list[Atom] = []
        for atom in reversed(before):
            room -= self._wide(atom)
            if room < 0 or atom.kind != "text":
                break
            chosen.insert(0, atom)
        return _with_what_announces(before, chosen)

    def _empty_slide(self) -> Slide:
        """The slide at hand if nothing is on it yet, else the next one of its section."""
        last = self._slides[-1]
        if self._holds_something(last):
            last = Slide(last.section, first=False)
            self._slides.append(last)
        return last

    def _stack(self, atoms: Sequence[Atom]) -> None:
        for group in self._groups(atoms):
            self._put(group)

    def _groups(self, atoms: Sequence[Atom]) -> list[list[Atom]]:
        """Atoms that belong on one slide: words that announce what follows, and that."""
        groups: list[list[Atom]] = []
        joins = False
        for atom in atoms:
            if joins:
                groups[-1].append(atom)
            else:
                groups.append([atom])
            joins = atom.leads
        return groups

    def _put(self, group: list[Atom]) -> None:
        """A group on the slide at hand where it fits, else on a new one, else in pieces."""
        needed = sum(map(self._wide, group))
        last = self._slides[-1]
        if last.figure or last.vote or needed > self._left(last):
            if needed <= LATER or (not self._holds_something(last) and needed <= last.room):
                last = self._empty_slide()
            elif len(group) > 1:
                for atom in group:
                    self._put([atom])
                return
            elif needed > SQUEEZED * LATER:
                self._cut(group[0])
                return
            else:
                last = self._empty_slide()
        last.atoms += group

    def _left(self, slide: Slide) -> float:
        return slide.room - sum(map(self._wide, slide.atoms))

    def _cut(self, atom: Atom) -> None:
        """An atom that fills more than a slide, in as few equal pieces as fit."""
        if not atom.parts:
            self._empty_slide().atoms.append(atom)
            return
        if atom.kind == "code":
            for part in atom.parts:
                self._put([replace(atom, html=part, parts=())])
            return
        head = 60.0 if "<table" in atom.html else 0.0
        room, count = self._empty_slide().room, 2
        while (self._wide(atom) - head) / count + head > room - 10 and count < len(atom.parts):
            count += 1
        size = -(-len(atom.parts) // count)
        for begin in range(0, len(atom.parts), size):
            some = atom.parts[begin : begin + size]
            height = head + (self._wide(atom) - head) * len(some) / len(atom.parts)
            piece = replace(atom, html=joined(some), parts=(), leads=False, height=height)
            self._empty_slide().atoms.append(piece)


def _is_narrow(atom: Atom) -> bool:
    """Whether an atom can stand in the column beside a figure."""
    if atom.kind == "code":
        lines = html.unescape(re.sub(r"<[^>]*>", "", atom.html)).split("\n")
        return max(map(len, lines)) <= NARROW
    return atom.kind == "text" and "<table" not in atom.html and "<pre" not in atom.html


def _with_what_announces(before: Sequence[Atom], chosen: list[Atom]) -> list[Atom]:
    """Of the last atoms those that begin no later than the words that announce them."""
    first = len(before) - len(chosen)
    while first < len(before) and first > 0 and before[first - 1].leads:
        first += 1
    return list(before[first:])
