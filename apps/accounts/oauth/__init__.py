"""The authorization server, on authlib.

allauth has an OpenID Connect provider, and the portal signs people in by allauth; but its provider does not reach what
the field's clients need: it signs with RS256 alone (they take RS512), gives one token a request (they want one for each
resource server, in ``other_tokens``), takes scopes from a fixed list a client (theirs carry dependencies in brackets),
keeps codes in a cache and checks secrets by a slow hash, and knows no consents, dependent tokens, registration from a
template or detection of reused refresh tokens. authlib is a library of grants that leaves all of this to the one who
uses it.
"""
