"""Excel: the workbook with macros, the functions it asks Python for, and what its buttons do."""
