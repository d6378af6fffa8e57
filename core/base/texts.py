"""A sentence in both languages of the interface."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Model):
    zh: str
    en: str

    def get(self, language: str) -> str:
        """The sentence in the language of a tag such as zh-hans; Chinese for anything but English."""
        return self.en if language.lower().startswith("en") else self.zh

    def filled(self, **values: object) -> "Text":
        """The same sentence with its {slots} filled; a Text as a value gives each language its own words."""
        return Text(
            zh=self.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
            en=self.en.format(**{name: _in(value, "en") for name, value in values.items()}),
        )


def _in(value: object, language: str) -> object:
    return value.get(language) if isinstance(value, Text) else value


def joined(texts: list[Text]) -> Text:
    return Text(zh="、".join(text.zh for text in texts), en=", ".join(text.en for text in texts))


def same(words: str) -> Text:
    """One wording for both languages, for numbers and what a person typed."""
    return Text(zh=words, en=words)
