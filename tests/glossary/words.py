"""Whether a text has a term."""

import re


def has(text, term):
    """Whether a word or phrase stands in a text, whatever its ending; a short one as it is."""
    ends = r"(?!\w)" if len(term) < 4 else ""
    return re.search(rf"(?<!\w){re.escape(term.casefold())}{ends}", text) is not None


def has_any(text, entry):
    """Whether a name or an alias of an entry does."""
    return any(has(text, name) for name in (entry.name, *entry.aliases))
