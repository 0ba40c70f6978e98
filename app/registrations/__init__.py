"""Who comes: organisations, delegates, offers and needs, labels."""
