"""Copies of the book for people who have nothing installed: values, roles, text, picture."""
