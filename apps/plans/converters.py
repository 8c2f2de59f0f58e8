"""URL parts: a section is a registered one or the URL does not exist."""

from apps.plans.sections import Section, registry


class SectionConverter:
    regex = "[a-z]+"

    def to_python(self, value: str) -> Section:
        if value not in registry:
            raise ValueError
        return registry[value]

    def to_url(self, value: Section | str) -> str:
        return value if isinstance(value, str) else value.name


class UidConverter:
    """A public id: of a plan, a row, an export."""

    regex = "[A-Za-z0-9_-]{1,32}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python
