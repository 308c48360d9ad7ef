"""What other apps and the doors may ask of search. ``from apps.search import services as search``."""

from apps.search.services.access_log import (access_log, each_of_access_log)
from apps.search.services.arranging import (Draft, draft, drafted, left_open, presentation_version, proposed_rows, restore, row_of, show_path)
from apps.search.services.asking import (mixed)
from apps.search.services.cataloguing import (clashing, Only, PathPage, paths_of)
from apps.search.services.everywhere import (Answer, everywhere)
from apps.search.services.finding import (count, export, find, record, suggest)
from apps.search.services.holding import (held)
from apps.search.services.indexes import (create_index, delete_index, describe, find_indexes, get_index, grant_role, index_names, indexes_with_role, open_indexes, reopen_index, require, role_names, roles, update_index, withdraw_role)
from apps.search.services.presenting import (catalogue, present, presentation, presentation_history, proposal)
from apps.search.services.rebuilding import (rebuild_state, RebuildState, start_rebuild)
from apps.search.services.writing import (each_failure, failures, map_fields, remove_by_query, remove_entry, remove_subjects, submit_entries, submit_stream, task, tasks)

__all__ = ["Answer", "Draft", "Only", "PathPage", "RebuildState", "access_log", "catalogue", "clashing", "count", "create_index", "delete_index", "describe", "draft", "drafted", "each_failure", "each_of_access_log", "everywhere", "export", "failures", "find", "find_indexes", "get_index", "grant_role", "held", "index_names", "indexes_with_role", "left_open", "map_fields", "mixed", "open_indexes", "paths_of", "present", "presentation", "presentation_history", "presentation_version", "proposal", "proposed_rows", "rebuild_state", "record", "remove_by_query", "remove_entry", "remove_subjects", "reopen_index", "require", "restore", "role_names", "roles", "row_of", "show_path", "start_rebuild", "submit_entries", "submit_stream", "suggest", "task", "tasks", "update_index", "withdraw_role"]
