"""What the Shapes page shows, in the order in which it stands there."""

import streamlit as st

from rnnviz.web import address
from rnnviz.web.shapes.component import shapes
from rnnviz.web.shapes.payload import shapes_payload
from rnnviz.web.shapes.state import LOOK, arrived, take


def show_call() -> None:
    """The call with its picture; what is changed in it is shown in a second run of the script."""
    place = arrived()
    asked = shapes(shapes_payload(place), key="shapes")
    if asked is not None:
        take(asked)
        st.rerun()
    address.write(place.query, besides={LOOK})
