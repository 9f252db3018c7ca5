"""The components on a page under AppTest."""


def components(page):
    """Those that show something, in order; the empty one that goes ahead of them comes first."""
    ahead, *others = page.get("bidi_component")
    assert (ahead.proto.component_name, ahead.proto.bytes) == ("rnnviz.ahead", b"")
    return others
