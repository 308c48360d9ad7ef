"""Forms made of JSON Schemas: any schema gives a form, and a form gives a value with what is wrong with it, by place.

Three things are passed around: the *field* that a schema asks for (``fields``, made by ``building``), what is *typed*
(a flat mapping from names of inputs to texts, as a browser sends it), and the *value* (JSON). ``spelling`` writes a
value as what is typed, ``reading`` reads it back, ``steps`` adds and removes items, ``showing`` puts all together for
the template ``web/schema_forms/_field.html``. Nothing here knows what the form is for; whoever it is for may look up
collections and people by ``pickers``.

The name of an input is the JSON pointer of its value behind a prefix (``input/creators/0/name``); what steers the form
and is no value has a ``?`` in it (``input/creators?count``).
"""
