"""How the tables begin, and which databases of an earlier version are taken on."""
