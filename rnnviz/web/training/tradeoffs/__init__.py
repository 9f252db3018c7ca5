"""Which cell? Cells side by side at one setting: their figures, and what is said of them."""
