"""Modules of PyTorch that are there: their weights, their calls, and a program of one's own."""
