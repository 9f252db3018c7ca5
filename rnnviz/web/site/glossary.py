"""The glossary in the site: all entries, and which of its files shows what they lead to."""

from typing import Any

from rnnviz.web.course.course_payload import PATHS
from rnnviz.web.glossary import entries
from rnnviz.web.site.course import NAMES


def glossary_header() -> dict[str, Any]:
    """pages: what an entry calls a page, as the app's address has it → what the course calls it."""
    return {"entries": entries(), "pages": {PATHS[page]: page for page in NAMES}}
