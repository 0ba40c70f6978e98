"""Who should meet whom, and why: codes of texts, affinity, labels, reserved contracts, suggestions."""
