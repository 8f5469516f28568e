"""The canvas: the drawing, and one small class for each gesture."""
