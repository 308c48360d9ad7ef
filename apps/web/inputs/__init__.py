"""What runs ask people: the questions that wait for somebody, and the page on which one is answered."""
