"""A course over the pages: short units, each one question, guessed first and then found out.

All of it is data. What shows it, and sees what a learner does, is web/browser/course.
"""

from rnnviz.course.announcements import ANNOUNCEMENTS, Announcement
from rnnviz.course.beliefs import BELIEFS, Belief
from rnnviz.course.unit import Act, Between, Guess, Page, Seen, Unit, wanted
from rnnviz.course.units import ACTIVITIES, COURSE, UNITS

__all__ = [
    "ACTIVITIES",
    "ANNOUNCEMENTS",
    "BELIEFS",
    "COURSE",
    "UNITS",
    "Act",
    "Announcement",
    "Belief",
    "Between",
    "Guess",
    "Page",
    "Seen",
    "Unit",
    "wanted",
]
