"""restock: how long stock lasts, what to order, what to move. Tables in, plan out; no files, no clock."""
