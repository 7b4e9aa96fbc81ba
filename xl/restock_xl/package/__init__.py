"""The workbook as a package of parts: what is read from a file, and how sheets are written into it."""
