"""Pages of documentation, made from the tables, the settings and the commands themselves."""
