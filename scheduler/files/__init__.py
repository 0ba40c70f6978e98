"""Problems and answers as JSON: strict readers that find every fault with its path."""
