"""What the pages of records tell of how they were published: versions, files, who sees what, how it came to be."""
