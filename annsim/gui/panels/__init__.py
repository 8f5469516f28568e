"""The panels in the docks; they know the document and the training, and not each other."""
