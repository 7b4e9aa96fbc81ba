"""Copies for one warehouse or one supplier, made of tables of their own."""
