"""Files that leave the page: charts, brief, workbook, protocol, simulator file, static site."""
