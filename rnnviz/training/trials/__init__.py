"""Many runs: tried over choices, seeds and parts of the data, on the workers of all sessions."""
