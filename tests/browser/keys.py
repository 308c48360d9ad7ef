"""A visitor who has a keyboard and nothing else, and who must see where they are."""

WHERE = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const x = box.x + box.width / 2, y = Math.min(box.bottom, innerHeight) - 2;
  const hit = document.elementFromPoint(x, Math.max(y - box.height / 2 + 2, 0));
  const rings = [at, at.nextElementSibling].filter(Boolean).map(one => getComputedStyle(one));
  const words = (at.labels?.[0] ?? at).cloneNode(true);
  for (const part of words.querySelectorAll("[aria-hidden]")) part.remove();
  return {
    isNowhere: at === document.body,
    name: (at.getAttribute("aria-label") ?? words.textContent).replace(/\\s+/g, " ").trim(),
    hasRing: at.type === "range" || rings.some(one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2),
    isInView: box.bottom > 0 && box.top < innerHeight && Boolean(hit) && (at.contains(hit) || hit.contains(at)),
  };
}"""
MOST = 200


class Keys:
    def __init__(self, page):
        self.page = page

    def where(self):
        return self.page.evaluate(WHERE)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, text):
        self.page.keyboard.type(text)
        return self

    def to(self, name, key="Tab"):
        """Goes on until what is called so has the focus; every stop on the way must be seen."""
        passed = []
        for _ in range(MOST):
            self.press(key)
            at = self.where()
            if at["isNowhere"]:
                continue  # The end of the page: the next key begins anew.
            assert at["hasRing"], f"no ring around {at}"
            assert at["isInView"], f"cannot be seen: {at}"
            passed.append(at["name"])
            if at["name"].startswith(name):
                return self
        raise AssertionError(f"no way leads to {name!r}, only to {passed[-60:]}")
