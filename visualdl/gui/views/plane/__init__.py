"""The plane of two neurons of one layer: how it folds the square of inputs, and where the data lie in it."""
