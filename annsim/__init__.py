"""annsim: a workbench for artificial neural networks at the level of single neurons."""

__version__ = "0.1.0"
