"""What a browser would send of a form as it stands in a page."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.select, self.area = action, False, "", ""
        self.fields: dict[str, list[str]] = {}

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        if tag == "form":
            self.inside = own.get("action") == self.action
        if not self.inside:
            return
        name, value = own.get("name"), own.get("value") or ""
        if tag == "input" and name and name != "token":
            if own.get("type") not in ("radio", "checkbox") or "checked" in own:
                self.fields.setdefault(name, []).append(value)
        elif tag == "select":
            self.select = name or ""
            self.fields.setdefault(self.select, [""])
        elif tag == "option" and "selected" in own:
            self.fields[self.select] = [value]
        elif tag == "textarea":
            self.area = name or ""
            self.fields[self.area] = [""]

    def handle_data(self, data):
        if self.inside and self.area:
            self.fields[self.area] = [data]

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self.area = ""


def fields_of(page: str, action: str) -> dict[str, list[str]]:
    """Return the fields of the form that is sent to an address, with their values; a template's rows are left out."""
    form = _Form(action)
    form.feed(page)
    assert form.fields, f"there is no form for {action}"
    return {name: values for name, values in form.fields.items() if ".NN." not in name}
