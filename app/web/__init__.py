"""What every route stands on: sessions, tags, pages of lists, fields, and how refusals are answered."""
