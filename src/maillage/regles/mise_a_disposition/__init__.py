"""Lending of workers by an association intermédiaire: 480 hours with businesses over 24 months."""
