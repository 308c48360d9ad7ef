"""What others may ask about files. ``from apps.storage import services as storage``."""

from apps.storage.services.collections import (
    change_collection,
    create_collection,
    delete_collection,
    find_collections,
    get_collection,
    share_folder,
    visible_collections,
)
from apps.storage.services.files import OpenCollection, opened
from apps.storage.services.rules import (
    add_rule,
    administers,
    change_rule,
    get_rule,
    may,
    remove_rule,
    require,
    rules_of,
)

__all__ = [
    "OpenCollection",
    "add_rule",
    "administers",
    "change_collection",
    "change_rule",
    "create_collection",
    "delete_collection",
    "find_collections",
    "get_collection",
    "get_rule",
    "may",
    "opened",
    "remove_rule",
    "require",
    "rules_of",
    "share_folder",
    "visible_collections",
]
