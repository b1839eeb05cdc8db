"""Slides of a chapter, in one file that needs no server, no network and no kernel.

`python course.py slides 04` makes `slides/04_derivative.html`. A lesson is cut into `atoms`
(paragraphs, code with what it prints, figures, predictions), `heights` says how high each is,
`packing` puts them on slides, and `deck` writes the file. `votes` is what a class sees of a
prediction, `notes` what the teacher reads beside it; browser/deck.js shows all that.

It is no reveal.js. That would have to be brought along from npm; it leaves what is too high for a
slide where it is, and its rules for pictures shift the marks of live figures against what stands
still. Keys, overview and presenter's view take three hundred lines here, which know votes, figures
and notes.
"""
