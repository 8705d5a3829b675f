"""Maps drawn on the server as SVG."""
