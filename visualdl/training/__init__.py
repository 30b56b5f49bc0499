"""Training without a window: the session that owns a network, and the frozen pictures that it gives of itself."""
