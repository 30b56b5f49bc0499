"""The user's own data and files in the window."""
