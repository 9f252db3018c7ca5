"""What speaks for a cell: what it costs, counted and measured, and what it scores, side by side.

`arithmetic` and `memory` count from the steps of the cell, `timing` measures here and now.
"""
