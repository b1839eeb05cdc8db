"""Plans for a class, made from what the lessons hold: `python course.py plan 04`.

`lesson` reads a lesson section by section, `plan` divides 45 or 90 minutes among the sections and
chooses what to vote on and what to give as homework, and `pages` writes that down.
"""
