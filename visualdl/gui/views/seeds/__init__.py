"""The page on which many seeds of one experiment are seen at once."""
