"""Pages of forms: those that one may publish with, and for who administers them all that a form is made of."""
