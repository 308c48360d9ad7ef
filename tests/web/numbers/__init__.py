"""Every number on a page is the plain evaluator's, whoever asks.

``records`` and ``asking`` draw what an index holds and what a page is asked, ``thorough`` how often and by whom;
``meaning`` says in plain Python which records that is, ``facets`` and ``charts`` count them; ``page`` reads the numbers
off the HTML; ``answer`` compares.
"""
