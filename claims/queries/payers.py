"""What payers and layers are called: the words of the policies that named them."""

from functools import lru_cache

from django.utils.translation import get_language

from claims.choices import PolicyState
from claims.models import PolicyVersion
from claims.policy.reading import PolicyProblems, read_policy
from core.base.texts import Text

Words = dict[str, Text]


def payer_words(county_id: int) -> Words:
    """Code of payer → its name, by the newest policy of the county that knows it."""
    return {code: text for each in _policies(county_id) for code, text in _named(each)[0].items()}


def layer_words(county_id: int) -> Words:
    """Code of layer → its name, by the newest policy of the county that knows it."""
    return {code: text for each in _policies(county_id) for code, text in _named(each)[1].items()}


def word(words: Words, code: str) -> str:
    """The name in the language of the page; the code where no policy knows it any more."""
    return words[code].get(get_language() or "zh-hans") if code in words else code


def _policies(county_id: int) -> list[str]:
    """Texts, oldest first: what is newer says last what a payer is called."""
    found = PolicyVersion.objects.filter(county=county_id).exclude(state=PolicyState.DRAFT)
    return list(found.order_by("period", "pk").values_list("text", flat=True))


@lru_cache(maxsize=256)
def _named(text: str) -> tuple[Words, Words]:
    try:
        policy = read_policy(text)
    except PolicyProblems:
        return {}, {}
    return policy.payer_labels, {layer.code: layer.label for layer in policy.layers}
