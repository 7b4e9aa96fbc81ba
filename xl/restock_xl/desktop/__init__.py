"""The button that works everywhere: an icon on the desktop, a window to choose a file, one dialog that says what changed."""
