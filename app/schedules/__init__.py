"""The timetable: the problem of an event, its solution, its versions."""
