"""What things look like in a notebook, as HTML that needs nothing from elsewhere.

Each of `cells`, `networks`, `recordings`, `gradients` and `runs` shows one kind of thing, on a
light card whatever the notebook's theme. `chart` draws lines over steps or updates, `markup`
escapes.
"""
