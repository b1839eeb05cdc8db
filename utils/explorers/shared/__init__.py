"""What the figures of several chapters share.

geometry  points in a window, ranges, steps and round numbers
axes      axes side by side, and their ticks
maps      a surface from above, with a table beside it
"""
