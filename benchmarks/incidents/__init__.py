"""Which event mentions of different reports are one incident: an annotated set, and how well they are merged."""
