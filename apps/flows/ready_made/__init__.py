"""What comes with the portal: flows as JSON documents, and in ``functions`` what these let the portal compute."""
