"""restock_xl: workbooks, the programs that hold them, and the command line; every number comes from `restock`."""
