"""The embedded reference pack: its tables, its builder, its reader."""
