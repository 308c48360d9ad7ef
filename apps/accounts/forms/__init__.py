"""What people fill in on their account pages."""
