"""Harvest: what everybody may see, for programs that come for all of it and come again.

OAI-PMH (``oai``), sitemaps (``sitemap``), feeds (``feed``). Whoever asks is answered as nobody, signed in or not: what
is told here is kept and passed on by others. Not for exports of what a person sees (downloads).
"""
