"""The document: a network with its settings, its data reference and its runs; fitting and the linter."""
