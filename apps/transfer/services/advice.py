"""What went wrong, by its code, in words that say what to do."""

from __future__ import annotations

ADVICE = {
    "FILE_NOT_FOUND": "It is not there, or not any more. Look at the source, and submit again what is there.",
    "PERMISSION_DENIED": "You may not read it at the source, or not write where it was to go. Ask the owner of the "
    "collection for a rule on this path.",
    "NOT_A_FILE": "It is no file. Folders are asked for recursively; links and devices are not followed.",
    "NOT_A_DIRECTORY": "A folder was expected, and this is none. Look at both paths, and submit it as a file.",
    "EXISTS": "Something of another kind stands where it was to go. Move that away, or choose another place.",
    "INVALID_PATH_NAME": "The storage takes no such name. Rename the file, or choose another place.",
    "DIRECTORY_NOT_EMPTY": "The folder has something in it. Delete it recursively.",
    "NOT_SUPPORTED": "This storage cannot do that. Choose other options, or another collection.",
    "QUOTA_EXCEEDED": "The destination is full. Make room there; a task that goes on waits for it.",
    "FILE_CHANGED": "The file was written while it was read. Submit it again when nobody writes to it.",
    "VERIFY_CHECKSUM": "What arrived, or what was read, has another checksum than it should. Submit it again; if it "
    "stays, the storage or the file is damaged.",
    "AUTH": "The storage refuses the credentials of the collection. Its owner has to renew them.",
    "ENDPOINT_ERROR": "The storage cannot be reached, or does not work. It is tried again until the deadline; tell its "
    "administrator if it stays.",
    "ENDPOINT_GONE": "A collection of the task was deleted. Submit it again with another one.",
    "DEADLINE": "It was not done by its deadline. Submit it again with a later one: what is there is not sent twice.",
    "CANCELED": "It was canceled. What was done before stays.",
    "UNKNOWN": "Something happened that nobody foresaw. Tell an administrator of the portal the id of the task.",
}


def advice_on(code: str) -> str:
    """For the code of a task, a file or an event; "" for what went well."""
    return ADVICE.get(code, ADVICE["UNKNOWN"]) if code else ""
