"""The same work with the package as it was at the commit that gains are counted from."""
