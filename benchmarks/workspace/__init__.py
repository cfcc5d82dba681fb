"""The workspace of a very large district: what its pages cost, and under load."""
