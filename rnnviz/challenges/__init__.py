"""Challenges: small tasks to be solved by setting weights by hand, and what solves them.

Whether one is solved is judged in the browser (web/browser/by_hand/judge.js).
"""

from rnnviz.challenges.catalogue import CHALLENGES
from rnnviz.challenges.challenge import Challenge, Judged

__all__ = ["CHALLENGES", "Challenge", "Judged"]
