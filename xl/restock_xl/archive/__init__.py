"""Sales made small: folded in the book, old months in a Parquet file beside it (§42)."""
