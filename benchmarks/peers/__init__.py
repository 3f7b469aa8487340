"""The same work as somebody would write it by hand, without the package."""
