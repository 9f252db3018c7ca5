"""Keras' files: .keras, .h5 and weights alone. Configuration is data; nothing is run."""
