"""What the user drew: neurons, connections, rules, edits, order. Nothing here runs, and nothing knows a window."""
