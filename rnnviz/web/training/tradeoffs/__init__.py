"""Which cell? Cells side by side at the setting that is chosen: figures, and what is said of them."""
