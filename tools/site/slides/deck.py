"""A lesson as slides in one file, which opens from a disk and asks nobody for anything."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from tools.markup import head
from tools.site.assets import FOLDER, lesson_style, live_script, script, stage_script
from tools.site.figures import LiveFigure
from tools.site.html import ICON, figure_html
from tools.site.lesson import Lesson
from tools.site.slides.atoms import Atom, Section, sections
from tools.site.slides.heights import BESIDE, WIDE, heights, room_for
from tools.site.slides.notes import Notes, notes_of
from tools.site.slides.packing import Packer, Slide
from tools.site.slides.votes import Option, Vote

GAP = 24  # between text and figure, in CSS pixels
LIGHT = ' data-theme="light"'  # at first, since most rooms and projectors are


@dataclass(frozen=True)
class Deck:
    """The slides of a lesson. html: the file. measured: whether a browser measured the breaks."""

    name: str
    html: str
    slides: int
    figures: int
    moving: int
    measured: bool


def link(address: str) -> str | None:
    """Links of a deck: those that lead out of the course; the others are words."""
    return address if address.startswith("https://") else None


def deck_of(lesson: Lesson) -> Deck:
    """The slides of a lesson that `export` made."""
    parts = sections(lesson)
    style = deck_style()
    atoms = [atom for part in parts for atom in part.atoms]
    pieces = list(
        dict.fromkeys([_text_of(atom) for atom in atoms] + [p for a in atoms for p in a.parts])
    )
    known = heights(pieces, style)
    wide = dict(zip(pieces, known.wide, strict=True))
    beside = dict(zip(pieces, known.beside, strict=True))
    packer = Packer(lambda atom: wide[_text_of(atom)], lambda atom: beside[_text_of(atom)])
    slides = packer.pack(parts)
    notes = [notes_of(part) for part in parts]
    return Deck(
        lesson.name,
        _page(lesson, parts, slides, notes, style, packer),
        len(slides),
        len(lesson.figures),
        sum(figure.moves for figure in lesson.figures),
        known.measured,
    )


def _text_of(atom: Atom) -> str:
    """What of an atom is measured: all of it or, of a vote, the question."""
    return atom.vote.asked if atom.vote else atom.html


def deck_style() -> str:
    """All that a deck's look is made of."""
    return lesson_style() + (FOLDER / "deck.css").read_text(encoding="utf-8")


def _page(
    lesson: Lesson,
    parts: Sequence[Section],
    slides: Sequence[Slide],
    notes: Sequence[Notes],
    style: str,
    packer: Packer,
) -> str:
    shown = "".join(
        _slide(slide, parts[slide.section], number, len(slides), lesson, packer.is_short(slide))
        for number, slide in enumerate(slides)
    )
    looks = f"{ICON}<style>\n{style}</style>\n"
    return (
        f"{head(lesson.title, looks, LIGHT)}<body>\n"
        f'<main id="deck" aria-label="Slides">\n{shown}</main>\n{_told(notes)}{_KEYS}'
        f"<script>\n{stage_script()}</script>\n<script>\n{live_script()}</script>\n"
        f"<script>\n{script('deck.js')}</script>\n</body>\n</html>\n"
    )


def _told(notes: Sequence[Notes]) -> str:
    """The notes on all sections, each with the minutes in which it should be done."""
    ends = itertools.accumulate(one.minutes for one in notes)
    return "".join(
        f'<aside class="notes" data-section="{i}" data-until="{end:.0f}" hidden>{one.html}'
        "</aside>\n"
        for i, (one, end) in enumerate(zip(notes, ends, strict=True))
    )


def _slide(
    slide: Slide, section: Section, number: int, count: int, lesson: Lesson, short: bool
) -> str:
    kind = "vote" if slide.vote else "figure" if slide.figure else "text short" if short else "text"
    if section.level == 1 and slide.first:
        kind += " opening"
    level = min(section.level, 2)
    heading = section.heading or escape(section.title)
    top = f"<h{level}>{heading}</h{level}>" if slide.first else f'<p class="running">{heading}</p>'
    return (
        f'<section class="slide {kind}" data-section="{slide.section}"'
        f' aria-label="Slide {number + 1} of {count}">\n<header>{top}</header>\n'
        f'<div class="body">{_body(slide)}</div>\n'
        f"<footer><span>{escape(lesson.title)}</span><span>{number + 1} / {count}</span></footer>\n"
        "</section>\n"
    )


def _body(slide: Slide) -> str:
    text = "".join(f'<div class="atom">{atom.html}</div>' for atom in slide.atoms)
    if slide.vote and slide.vote.vote:
        return f"{text}{_vote(slide.vote.vote)}"
    if slide.figure and slide.figure.figure:
        return _figure(slide.figure.figure, slide, text)
    return f'<div class="wide">{text}</div>'


def _figure(figure: LiveFigure, slide: Slide, text: str) -> str:
    """A figure as large as there is room for, on the right of the text that belongs to it."""
    across = WIDE - BESIDE - GAP if text else WIDE
    width = room_for(figure.shown, across, slide.room)
    large = _enlarged(figure)
    beside = f'<div class="beside">{text}</div>' if text else ""
    still = f'<p class="stands">{_limits(figure)}</p>' if figure.frames is None else ""
    many = " many" if len(figure.shown["controls"]) > 2 else ""
    return (
        f'<div class="pair{" alone" if not text else ""}">{beside}'
        f'<div class="room{many}" style="width: {width:.0f}px">{figure_html(large)}{still}</div>'
        "</div>"
    )


def _enlarged(figure: LiveFigure) -> LiveFigure:
    """The figure as wide as its place, its letters growing with it."""
    large = {"projector": True, "widest": "100%"}
    coarse = figure.coarse and replace(figure.coarse, spec=figure.coarse.spec | large)
    return replace(figure, spec=figure.spec | large, coarse=coarse)


def _limits(figure: LiveFigure) -> str:
    """What a figure that does not travel as a whole can do in the notebook alone."""
    if not figure.coarse:
        return "It moves in the notebook."
    return "Here in coarse steps; in the notebook everything moves."


def _vote(vote: Vote) -> str:
    lettered = not vote.answer
    options = "".join(_option(option, lettered) for option in vote.options)
    answer = f'<div class="answer">{vote.answer}</div>' if vote.answer else ""
    ways = (
        '<p class="how">Click an option for each hand, or type its letter; '
        "Shift takes one back.</p>"
        '<p class="more">Choose another option to read what is said to it.</p>'
        if vote.options
        else ""
    )
    if not lettered:
        ways = ways.partition("</p>")[2]
    name = "The answer" if vote.answer else "Reveal"
    typical = (
        '<p class="typical">Heard often, and what it means:</p>' if vote.answer and options else ""
    )
    return (
        f'<div class="ballot{"" if lettered else " open"}" data-question="{escape(vote.id)}">'
        f'<div class="asked">{vote.asked}</div>{answer}{typical}'
        f'<ul class="options">{options}</ul>'
        f'<div class="said" role="status"></div>'
        f'<div class="press">{ways}<button class="reveal">{name}</button></div></div>'
    )


def _option(option: Option, lettered: bool) -> str:
    right = ' data-right=""' if option.right else ""
    letter = f"<b>{escape(option.letter)}</b>"
    hands = '<span class="bar"></span><span class="hands"></span>' if lettered else ""
    return (
        f'<li><button class="option" data-letter="{escape(option.letter)}"{right}>'
        f'{letter}<span class="text">{option.text}</span>{hands}</button>'
        f"<template>{option.said}</template></li>"
    )


_KEYS = """<div id="tools">
<button data-do="back" aria-label="Back" title="Back (←)">‹</button>
<button data-do="on" aria-label="On" title="On (→)">›</button>
<button data-do="overview" title="All slides (Esc)" aria-label="All slides">▦</button>
<button data-do="speaker" title="Presenter's view (S)" aria-label="Presenter's view">S</button>
<button data-do="help" title="All keys (?)" aria-label="All keys">?</button>
</div>
<div id="help" role="dialog" aria-label="Keys" hidden><table>
<tr><td>→ Space Page↓</td><td>on; on a question, first the answer</td></tr>
<tr><td>← Page↑</td><td>back</td></tr>
<tr><td>Home End</td><td>first slide, last slide</td></tr>
<tr><td>Esc O</td><td>all slides at a glance; arrows and Enter choose one</td></tr>
<tr><td>a b c …</td><td>a hand for this option; with Shift one less; Enter: reveal</td></tr>
<tr><td>S</td><td>presenter's view: notes, time, the next slide</td></tr>
<tr><td>F</td><td>full screen</td></tr>
<tr><td>T</td><td>light or dark</td></tr>
<tr><td>.</td><td>a black screen, and back</td></tr>
<tr><td>?</td><td>these keys</td></tr>
</table><p>In a figure, sliders and points take the arrow keys while they have the focus; a click on
the slide gives them back.</p></div>
<p id="place" class="quietly" role="status"></p>
"""


def words_of(page: str) -> str:
    """A deck's text without its data, for tests and searches."""
    return re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.DOTALL)


def write(deck: Deck, folder: Path) -> Path:
    """Write a deck to a folder; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{deck.name}.html"
    path.write_text(deck.html, encoding="utf-8", newline="\n")
    return path
