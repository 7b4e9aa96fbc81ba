"""Programs that hold a workbook. Each has two verbs, read and apply; hosts never import one another."""
