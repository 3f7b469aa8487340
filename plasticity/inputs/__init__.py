"""The one way in for numbers."""
