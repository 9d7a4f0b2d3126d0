"""Fit the amounts of a scheme to what was agreed for people, and say how good the fit is.

Everything is in :mod:`wherewithal.calibration.fit`; it needs ``wherewithal[analysis]``.
"""
