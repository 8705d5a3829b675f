"""Files that a structure downloads for itself and hands over: monthly hours, posts agreed."""
