"""Who is short-changed: hold a scheme, and the plans agreed under it, against its people."""
