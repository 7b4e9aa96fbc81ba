"""What only the file can tell of a book: hidden rows, merged cells, headers, formulas, sheets (§41)."""
