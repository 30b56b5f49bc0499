"""The page "Network": every neuron and every weight of the network on show, to be seen and to be changed."""
