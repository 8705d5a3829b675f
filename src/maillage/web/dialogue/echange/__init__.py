"""Files in and out: spaces, meetings, proposals, commitments."""
