"""Forms made of JSON Schemas: any schema gives a form, and a form gives a value with what is wrong with it, by place.

Three things are passed around: the *field* that a schema asks for (``fields``, made by ``building``), what is *typed*
(a flat mapping from names of inputs to texts, as a browser sends it), and the *value* (JSON). ``spelling`` writes a
value as what is typed, ``reading`` reads it back, ``settling`` finds the fields where they depend on what is filled in,
``steps`` adds, removes and moves items, ``showing`` puts all together for the template
``web/schema_forms/_form.html``; ``form`` is what a page uses. All but the last are functions of what they are given,
and nothing here knows what the form is for; whoever it is for may look up collections, people and terms.

What is typed is all of a form: a draft that keeps it loses nothing, valid or not. A value that is spelled and read
again is the same.

The name of an input is the place of its value behind a prefix (``input/creators/0/name``); what steers the form and is
no value has a ``?`` in it: ``input/creators?count`` so many items, ``?of`` the chosen variant, ``?1/…`` what is in it,
``?json`` a value that its input cannot hold, ``?is`` what nothing typed means, ``?ok`` that a proposed value is
accepted.

Words of ours in schemas: ``x-unit``; ``x-vocabulary`` (see ``vocabularies``); ``x-restricted`` (``true``, or the name
of those who see it); ``x-layout`` with ``order`` (of members), ``sections`` (each with ``title``, ``description``,
``fields``, ``folded``), ``width`` (``half``) and ``widget`` (``textarea``, ``markdown``, ``radio``). Formats of ours:
``orcid``, ``ror``, ``doi``. ``x-people`` (``true``: it names people, whatever it is called; ``false``: it names none)
is for links that do not say who wrote something.
"""
