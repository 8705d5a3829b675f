"""What the accounting files of a structure say of its economy, year by year."""
