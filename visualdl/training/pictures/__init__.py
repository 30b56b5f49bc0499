"""From a network to numbers and colours."""
