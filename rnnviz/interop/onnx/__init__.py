"""ONNX files: a graph is walked as data, and its recurrent nodes become layers."""
