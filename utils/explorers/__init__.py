"""The live figures, one file per chapter. Each explorer is one call and returns a Stage.

What several chapters share: `geometry` (points in a window, ranges, round numbers), `axes`, and
`maps` (a surface from above, with a table beside it).
"""
