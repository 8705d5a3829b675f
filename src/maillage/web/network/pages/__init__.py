"""Screens of the network: organisations, people, exchanged files, rights."""
