"""A year replayed: the same demand, shows and lead times met by several rules of ordering."""
