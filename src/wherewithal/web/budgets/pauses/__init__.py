"""Payments that pause for a while or are stopped, with reasons and a plan."""
