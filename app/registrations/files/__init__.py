"""Files that tell who comes, as the readers understand them."""
