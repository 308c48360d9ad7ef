"""What the results are narrowed by: values, numbers, dates and trees, with their counts."""
