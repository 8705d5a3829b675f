"""Charts described with Altair and drawn on the server as SVG."""
