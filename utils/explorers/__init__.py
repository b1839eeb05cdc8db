"""The live figures, one file per chapter. Each explorer is one call and returns a Stage.

What they compute is in `utils.models`, what several of them share in `shared`.
"""
