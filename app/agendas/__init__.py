"""What leaves the house: calendar, spreadsheet and the sentence for the press, all from one frozen agenda."""
