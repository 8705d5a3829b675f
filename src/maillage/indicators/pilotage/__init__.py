"""The cockpit's indicators: posts agreed and realised, late entries, exits, publics, funders."""
