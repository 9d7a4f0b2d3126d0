"""Who provides support: their accounts, their bills, and what people are billed themselves."""
