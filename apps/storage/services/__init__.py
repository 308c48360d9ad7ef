"""What others may ask about files. `from apps.storage import services as storage`."""
