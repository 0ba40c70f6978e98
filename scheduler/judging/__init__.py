"""What the judge counts with, and what an answer claims of itself; no solver."""
