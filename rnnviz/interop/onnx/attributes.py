"""The attributes of an ONNX node as plain values."""

from collections.abc import Sequence
from typing import Any

from rnnviz.interop.extra import library


def attributes_of(node: Any) -> dict[str, Any]:
    """A node's attributes by name, texts as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            return value.decode(errors="replace")
        return (
            [*map(plain, value)]
            if isinstance(value, Sequence) and not isinstance(value, str)
            else value
        )

    value_of = library("onnx").helper.get_attribute_value
    return {one.name: plain(value_of(one)) for one in node.attribute}
