"""The organisers' teams, to whom events belong."""
