"""What runs in processes of its own, beside the portal: nothing here imports it."""
