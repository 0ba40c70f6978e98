"""HTTP of agendas: feeds, links, messages; each thing in a module of its own."""
