"""The panel: structures compared by quartile with like ones, without any of them being found."""
