"""What organisations wish, and whole imports, as JSON."""
