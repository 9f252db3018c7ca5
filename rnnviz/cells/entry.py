"""A cell as an entry of the gallery: the Python source of it, to be put into rnnviz/cells."""

import json

from rnnviz.cells.about import Part
from rnnviz.cells.named import NamedCell

ENTRY = '''"""A cell of one's own as an entry of the gallery; what is in quotes can be changed."""

from rnnviz.cells.about import About, Part

{title} = About(
    title="{title}",
    equations="""\\
{equations}""",
    paper="",
    year=0,
    parts={{
{parts}
    }},
)
'''


def entry(cell: NamedCell, title: str = "MINE") -> str:
    """The source of a module with one `About`; title: a name of Python's, in capitals."""
    about = cell.about
    parts = "\n".join(
        f"        {_quoted(name)}: {_part(one)}," for name, one in about.parts.items()
    )
    return ENTRY.format(title=title, equations=about.equations, parts=parts)


def _part(part: Part) -> str:
    aliases = "".join(f"{_quoted(one)}, " for one in part.aliases)
    given = (_quoted(part.title), _quoted(part.role), f"({aliases})", _quoted(part.purpose))
    lines = (f"            {one},\n" for one in (*given, _quoted(part.does)))
    return f"Part(\n{''.join(lines)}        )"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
