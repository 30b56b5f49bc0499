"""The window, and how its parts are put together."""
