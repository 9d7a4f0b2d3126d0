"""What the NHS and others bear of what is paid, and what goes back to them."""
