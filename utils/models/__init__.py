"""What the figures and the questions of a chapter both compute, one file per chapter that needs it.

Mathematics alone: nothing here draws, and nothing here loads matplotlib or a widget.
"""
