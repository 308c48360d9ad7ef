"""Pages on which a document is written as text: of a flow, or of a form."""
