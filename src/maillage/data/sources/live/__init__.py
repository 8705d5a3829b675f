"""The publishers that answer over the network: one module each, and the careful HTTP client they share."""
