"""What the figures of several chapters share.

geometry  points in a window, ranges, steps and round numbers
panels    axes side by side or above one another, their ticks, and words that stay
maps      a surface from above, with a table beside it
"""
