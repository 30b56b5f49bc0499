"""Loss and error over the epochs."""
