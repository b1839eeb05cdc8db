"""The course as pages that live with nothing installed: `python course.py site`.

`asked` is what a page knows of its questions: options, hints, solution, and what the judge says
to each option. `page` is a notebook as a page, `contents` the first page and what search looks
through, `build` puts all of it into a folder, in which nothing is made twice. In the browser,
page.js brings questions, progress and search to life, and live.js the figures; `python` and
`sources` hand cells to Python there, which python.js asks, and asks.js for figures.
"""
