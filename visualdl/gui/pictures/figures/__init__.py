"""Figures for paper: drawn once, in the light palette, into PNG and SVG; no window and no display needed."""
