"""The model over HTTP for other programs: `rugpijn serve`. Its JSON is that of the command line."""
