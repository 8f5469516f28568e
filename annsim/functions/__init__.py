"""The maths: every function once, by name, value beside derivative or rule."""
