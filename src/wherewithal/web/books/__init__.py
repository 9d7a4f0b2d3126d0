"""The books: every movement of money, written once and never changed."""
