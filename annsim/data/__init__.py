"""Data sets: read from files, generated, prepared as numbers and split into training and test rows."""
