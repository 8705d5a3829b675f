"""Annexes financières: columns as published and rules as code, put together."""
