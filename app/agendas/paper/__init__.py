"""What is printed: agendas, signs for tables, the plan, badges, sheets for interpreters and the desk; tagged PDF/UA."""
