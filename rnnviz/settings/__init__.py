"""What can be chosen, declared once: keys for links, files and comparisons, texts for the eye.

A page's settings are the fields of a frozen dataclass, each made by `setting`; `Schema.of` is the
table of them, and reads and writes links. Reading never fails: what is out of range is the nearest
that is allowed, what makes no sense the default. A label or a help is shown and nothing else: it is
compared with nothing, stored nowhere, and may be in any language.
"""
