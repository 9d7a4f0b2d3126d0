"""Measures of speed, beside a peer in the same run. Never part of the tests."""
