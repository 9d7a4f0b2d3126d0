"""Wherewithal: personal budgets for adult social care in England, open and exact to the penny."""
