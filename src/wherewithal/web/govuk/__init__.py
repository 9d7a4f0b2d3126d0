"""The design system: page layout, parts, forms that render themselves, and the brand."""
