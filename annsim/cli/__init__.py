"""The command line: one file a group of commands. No command but `open` needs a window."""
