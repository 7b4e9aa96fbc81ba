"""What is ours in a book put back: columns, formulas, names, tables, colours and checks of cells (§41)."""
