"""The workbench: assumptions listed, explained, edited, priced, uploaded and downloaded."""
