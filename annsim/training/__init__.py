"""Learning: a session is an iterator of progress, used by the command line and by the window alike; no Qt here."""
