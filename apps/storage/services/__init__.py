"""What others may ask about files. ``from apps.storage import services as storage``."""

from apps.storage.backends.base import Watch
from apps.storage.services.changing import change_collection, delete_collection, guests_of
from apps.storage.services.collections import (
    create_collection,
    find_collections,
    get_collection,
    share_folder,
    visible_collections,
)
from apps.storage.services.contents import contents_of
from apps.storage.services.credentials import Credential, change_credentials, credentials_taken
from apps.storage.services.describing import Description, Descriptions, Wanted, describe, describe_all
from apps.storage.services.files import OpenCollection, open_with, opened
from apps.storage.services.folders import make_folders
from apps.storage.services.notices import send_notice
from apps.storage.services.opening import is_encrypted, place_of
from apps.storage.services.rules import (
    Permission,
    Rights,
    add_rule,
    administers,
    change_rule,
    get_rule,
    may,
    remove_rule,
    require,
    rights_of,
    rules_of,
)
from apps.storage.services.shelves import collections_shared_with, own_collections
from apps.storage.services.uploads import under_way

__all__ = [
    "Credential",
    "Description",
    "Descriptions",
    "OpenCollection",
    "Permission",
    "Rights",
    "Wanted",
    "Watch",
    "add_rule",
    "administers",
    "change_collection",
    "change_credentials",
    "change_rule",
    "collections_shared_with",
    "contents_of",
    "create_collection",
    "credentials_taken",
    "delete_collection",
    "describe",
    "describe_all",
    "find_collections",
    "get_collection",
    "get_rule",
    "guests_of",
    "is_encrypted",
    "make_folders",
    "may",
    "open_with",
    "opened",
    "own_collections",
    "place_of",
    "remove_rule",
    "require",
    "rights_of",
    "rules_of",
    "send_notice",
    "share_folder",
    "under_way",
    "visible_collections",
]
