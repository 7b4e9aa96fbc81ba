"""A book of ours in the other language: its data stay, its labels and formulas change (§44)."""
