"""The frozen words of the street."""
