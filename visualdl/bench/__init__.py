"""What is measured of the window, as values: nothing here knows Qt."""
