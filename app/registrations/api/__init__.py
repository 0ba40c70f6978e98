"""Who comes, as JSON: organisations and their delegates."""
