"""Files that sellers download, read as text, and written into a book."""
