"""A random user at the real window, for hours or for seconds: what breaks, what leaks, and what is shown wrongly."""
