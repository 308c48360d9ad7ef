"""Pages of publishing: forms, and what is published with them."""
