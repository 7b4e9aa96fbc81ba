"""The button that works everywhere: an icon, a window to choose a file, one dialog that says what changed."""
