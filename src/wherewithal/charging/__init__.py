"""The financial assessment for care at home: dated figures, exact sums, reasons in words."""
