"""Slides of a chapter, in one file that needs no server, no network and no kernel.

`python course.py slides 04` makes `slides/04_derivative.html`. A lesson is cut into `atoms`
(paragraphs, code with what it prints, figures, predictions), `heights` says how high each is,
`packing` puts them on slides, and `deck` writes the file. `votes` is what a class sees of a
prediction, `notes` what the teacher reads beside it; browser/deck.js shows all that.

It is no reveal.js: that comes from npm alone, takes 120 kB, scales what does not fit instead of
cutting it, and shifts the marks of live figures by its rules for pictures. Keys, overview and
presenter's view take three hundred lines here, which know votes and figures.
"""
