"""Qt pieces that know nothing of networks."""
