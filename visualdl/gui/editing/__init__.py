"""What is changed by hand, and undone."""
