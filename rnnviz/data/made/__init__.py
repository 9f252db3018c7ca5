"""Data made by formulas, templates and a grammar, for those who have none at hand; they say so."""
