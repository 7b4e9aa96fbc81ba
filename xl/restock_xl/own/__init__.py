"""What the user added to our sheets: found before a press, and put back beside the same keys after it (§37)."""
