"""Accounts, checked lightly: talks worth having, money that is over, reviews, another look."""
