"""The page "Confusion": what the network answers to the samples."""
