"""Tags that every template of the site may use."""
