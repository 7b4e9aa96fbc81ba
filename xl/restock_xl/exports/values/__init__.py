"""The copy in values: what the sheets of a book show, and nothing else of it."""
