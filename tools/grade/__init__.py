"""`course.py grade`: marks for a folder of notebooks that a class has handed in.

What learners wrote runs in a process that holds no truths (`observer`, forked by `nursery`, shut in
by `sandbox`); what comes out is data, and `marks` judges it here, where none of their code runs.
`exercise` knows what the course asks, `submission` reads a notebook as data, `handed_in` finds them
in a folder, `sheet` says what is to be done with one, `class_run` has two workers do it. `tables`,
`feedback_page` and `overview` write what comes of it, by way of `kept`, which overwrites nothing of
a teacher's.
"""
