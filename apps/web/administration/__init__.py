"""The pages of those who administer the portal as a whole, and the log that they share with the admins of an index."""
