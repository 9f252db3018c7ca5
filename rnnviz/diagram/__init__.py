"""A cell as a diagram: what flows where, where it stands, how its wires run. No drawing."""

from rnnviz.diagram.layout import Diagram, layout

__all__ = ["Diagram", "layout"]
