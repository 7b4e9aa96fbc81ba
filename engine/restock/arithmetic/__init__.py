"""The one home of each inventory formula: vectorised, in units and days, with NaN for what is not known.

Every function takes scalars or arrays that broadcast and returns a float array (a 0-dimensional one for
scalars). Numbers are taken as they are: reading cells and refusing bad values is the work of
`restock.functions` and `restock.schema`.
"""
