"""Stock shared between warehouses: which units to move, from where, by when, and whether it pays."""
