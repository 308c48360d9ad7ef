"""Files as people meet them: the list of collections, the file manager with its two panes, previews, sharing.

Everything is asked of ``apps.storage.services``, which asks the rules first; no page here reads a file another way.
Each page works by links and forms. Scripts (``static/files.js``, ``static/uploads.js``) spare page loads, no more.
"""
