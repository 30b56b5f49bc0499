"""What a run is asked to be: frozen choices, and the experiment that they make together."""
