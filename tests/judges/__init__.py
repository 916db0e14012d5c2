"""A second judge: the gravest controls once more, in slow and plain Python, written from the words of their rules and not from their queries.

A module holds the judge of one control and the stories that it is tried on: small, messy, and at the boundary to the microsecond.
Stories are written as an export of CSV and judged by both (test_judges.py).
"""
