"""The map of the network's output, and what lies on it."""
