"""From an experiment to a network that learns."""
