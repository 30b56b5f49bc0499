"""The process itself: its display, its machine, its memory, and when it loads what."""
