"""The file of members and that of people: read, compared with what is known, written, exported."""
