"""One run: its moments and its events."""
