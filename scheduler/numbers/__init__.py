"""The problem in whole numbers, and who is where while a timetable is made."""
