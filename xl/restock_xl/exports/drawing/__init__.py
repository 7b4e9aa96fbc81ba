"""A sheet as a picture, drawn without any spreadsheet program."""
