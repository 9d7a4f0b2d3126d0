"""Settings, addresses and the demonstration: what ties the applications together."""
