"""What the site and its tests need: the lists, and what is said about them."""
