"""What a browser does with a form: it reads the page, and sends what stands in it."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict
from django.template.loader import render_to_string


class _Page(HTMLParser):
    """The inputs of a page as a browser has them: names with texts, in order; boxes only where they are ticked."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sent, self.buttons, self.ids, self.described = [], [], set(), set()
        self._textarea = self._select = None
        self._text, self._options = "", []

    def handle_starttag(self, tag, found):
        told = dict(found)
        self.ids.add(told.get("id"))
        self.described |= set((told.get("aria-describedby") or "").split())
        match tag:
            case "textarea":
                self._textarea, self._text = told["name"], ""
            case "select":
                self._select, self._options = told["name"], []
            case "option" if self._select:
                self._options.append((told["value"], "selected" in told))
            case "button":
                self.buttons.append(told.get("value"))
            case "input" if "name" in told:
                if told.get("type") not in {"checkbox", "radio"} or "checked" in told:
                    self.sent.append((told["name"], told.get("value", "on").replace("\n", "")))

    def handle_data(self, text):
        if self._textarea:
            self._text += text

    def handle_endtag(self, tag):
        if tag == "textarea":
            text = self._text.replace("\r\n", "\n").removeprefix("\n")
            self.sent.append((self._textarea, text.replace("\n", "\r\n")))
            self._textarea = None
        elif tag == "select":
            chosen = [value for value, is_selected in self._options if is_selected]
            self.sent.append((self._select, (chosen or [self._options[0][0]])[-1]))
            self._select = None


def read_page(view):
    html = render_to_string("web/schema_forms/_form.html", {"view": view})
    page = _Page()
    page.feed(html)
    page.html = html
    return page


def posted(view):
    """What comes to the server when the form is sent as it is."""
    request = QueryDict(mutable=True)
    for name, text in read_page(view).sent:
        request.appendlist(name, text)
    return request.dict()


def round_trip(form, value):
    """The value, shown as a form, sent by a browser and read again."""
    return form.read(form.sent(posted(form.shown(form.typed(value)))))
