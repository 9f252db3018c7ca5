"""What PyTorch wrote into a file: pickles walked, not unpickled; state dicts; weights in parts."""
