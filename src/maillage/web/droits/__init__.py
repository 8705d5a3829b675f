"""Who may do what: the written table, the person who asks, what each address asks for."""
