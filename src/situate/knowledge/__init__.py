"""Facts and words as data files, and their loaders: actors, places, events, times, likelihood."""
