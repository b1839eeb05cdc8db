"""The live figures, one file per chapter. Each explorer is one call and returns a Stage.

What several chapters share: `geometry` (points in a window, ranges, round numbers) and `axes`.
"""
