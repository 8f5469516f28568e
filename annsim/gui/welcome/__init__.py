"""The welcome page: examples and recent files as pictures, and ways to begin."""
