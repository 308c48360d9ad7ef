"""What of a file can be seen without downloading it. Each reads a bounded part, and believes nothing that it reads."""
