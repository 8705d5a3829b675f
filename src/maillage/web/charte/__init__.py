"""The look that every page shares: layout, styles, error pages."""
