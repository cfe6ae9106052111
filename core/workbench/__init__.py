"""Analysis and diagnosis, by measurement."""
