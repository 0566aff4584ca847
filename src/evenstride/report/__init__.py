"""Pictures and documents from nouns: the screen, the page, the JSON document, the FIT file."""
