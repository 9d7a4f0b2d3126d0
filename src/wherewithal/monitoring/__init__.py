"""Looking at accounts lightly: how closely, how often, and what is worth a conversation."""
