"""Pages and files of this application."""
