"""The components on a page under AppTest."""


def components(page):
    """The page's own, in order; before them come the empty one that goes ahead, and the corner."""
    ahead, corner, *others = page.get("bidi_component")
    assert (ahead.proto.component_name, ahead.proto.bytes) == ("rnnviz.ahead", b"")
    assert corner.proto.component_name == "rnnviz.corner"
    return others
