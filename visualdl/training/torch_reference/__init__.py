"""torch's own modules beside ours, for comparison."""
