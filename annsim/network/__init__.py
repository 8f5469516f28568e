"""What the user drew: neurons, connections, notes, groups; rules, edits, order. Nothing here runs or knows a window."""
