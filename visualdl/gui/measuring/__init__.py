"""Measuring the whole window while it lives: see visualdl.bench for what comes of it."""
