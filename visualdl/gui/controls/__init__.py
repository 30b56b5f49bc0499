"""Controls show an experiment, and ask for the experiment that is wanted."""
