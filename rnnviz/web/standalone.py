"""A page in one HTML file that asks nothing of anyone: its head, and what may run in it."""

import html
from string import Template

from rnnviz.texts import language

_DOCUMENT = Template("""<!doctype html>
<html lang="$language"$about>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="$schemes">
<meta name="generator" content="RNN Viz">
<link rel="icon" href="data:,">
<title>$title</title>
<style>$style</style>
</head>
<body>
$body
</body>
</html>
""")


def document(
    *, title: str, policy: str, style: str, body: str, schemes: str = "light", about: str = ""
) -> str:
    """The file's text.

    Args:
        title: of the browser's tab, as text.
        policy: the content security policy, without double quotes. It lets images of "data:" be:
            the icon is one, an empty one, so that no browser asks for another.
        style: the style sheet. It must not end the element it stands in.
        body: markup.
        schemes: the colour schemes it is drawn for, "light" or "light dark".
        about: attributes of the root, each after a blank.
    """
    return _DOCUMENT.substitute(
        language=language(),
        about=about,
        policy=policy,
        schemes=schemes,
        title=html.escape(title.encode(errors="replace").decode()),
        style=style,
        body=body,
    )
