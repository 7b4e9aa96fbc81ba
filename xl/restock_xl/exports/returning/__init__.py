"""What was typed into a copy, taken home."""
