"""Who may, over HTTP: organisers and their invitations, API keys, sign-ins, and the audit log."""
