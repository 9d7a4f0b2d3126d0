"""What a person pays: worked out, kept, begun, and changed for days before."""
