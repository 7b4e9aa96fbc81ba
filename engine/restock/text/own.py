"""What stands beside cells of the user's own (English, Chinese)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "own.kept": ("No longer in the table above", "上表已无此行"),
}
