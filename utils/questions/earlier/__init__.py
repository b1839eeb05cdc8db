"""Questions that gave their place to better ones, one module per chapter that has any.

Copies that learners keep still ask them, so they are judged as ever; no map and no list shows them.
"""
