"""Moving meetings between slots: Kempe chains, insertion, and the annealing that closes gaps."""
