"""What `rnnviz.watch` saw, drawn: a figure, a file, a picture in a notebook."""
