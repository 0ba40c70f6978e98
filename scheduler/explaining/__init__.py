"""Why a meeting is not held, and why a problem cannot be: the parts of explain.py and of conflicts."""
