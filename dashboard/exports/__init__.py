"""Files made from the dataset: the same figures and words as the screen."""
