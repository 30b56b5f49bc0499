"""Bars of text."""
