"""Access to structures by car: travel hypotheses, reachable pairs, catchment scores, their cards."""
