"""Views draw a snapshot: one file a view."""
