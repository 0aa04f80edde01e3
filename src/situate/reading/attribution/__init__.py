"""Who says what: cues, sources and content of attribution, found by grammar and by quotation marks."""
