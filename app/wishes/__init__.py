"""Who wants to meet whom, and who refuses."""
