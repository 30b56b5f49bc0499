"""Pictures in files."""
