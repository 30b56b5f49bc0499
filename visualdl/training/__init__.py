"""Training without a window: the run that owns a network, and the frozen pictures that it gives of itself."""
