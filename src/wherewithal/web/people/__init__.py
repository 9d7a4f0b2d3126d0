"""People who need care and support, their carers and supporters, and how to talk with them."""
