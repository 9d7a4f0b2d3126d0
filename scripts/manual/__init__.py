"""The pages of the generated reference, one function each, from the code to Markdown."""
