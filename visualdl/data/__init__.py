"""The user's own data and features: read, checked and written. Neither torch nor Qt is needed."""
