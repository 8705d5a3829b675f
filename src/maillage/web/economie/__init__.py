"""The economy of a structure on screen: its accounts, the price of its hours, its cash."""
