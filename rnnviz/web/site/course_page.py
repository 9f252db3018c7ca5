"""The Course page of the site: a list of the units that can be done there."""

from rnnviz.web.site.archive import Archive
from rnnviz.web.site.page import Page


def course_page() -> Page:
    """All of it: what is listed stands in every page."""
    return Page("Course", "course", ("course",), Archive({}))
