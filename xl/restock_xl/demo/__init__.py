"""A filled book to look at: real sales, everything else invented by a fixed seed."""
