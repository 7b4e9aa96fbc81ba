"""Tables and columns: what people type, what they are shown, and the check between the two."""
