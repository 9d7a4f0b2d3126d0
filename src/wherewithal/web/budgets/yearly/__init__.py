"""The figures of each charging year, and everybody's new charge when it begins."""
