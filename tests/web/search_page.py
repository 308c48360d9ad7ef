"""The search page of the index “crystals”, as tests read it."""


def page(client, query=""):
    return client.get(f"/crystals/?{query}").context["page"]


def titles(page):
    return ["".join(piece.text for piece in hit.title) for hit in page.hits]


def facet(page, label):
    return next(view for view in page.facets if view.label == label)


def counts(view):
    return {option.label: option.count for option in view.options}
