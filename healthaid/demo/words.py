"""The register's own words for schooling, labour and health."""

from random import Random

from healthaid.demo.families import Member
from households.choices import HealthClass

_SCHOOLING = (
    (70, (("文盲或半文盲", 4), ("小学", 5), ("初中", 1))),
    (50, (("小学", 5), ("初中", 4), ("高中", 1))),
    (30, (("小学", 1), ("初中", 6), ("高中", 2), ("大专", 1))),
    (22, (("初中", 3), ("高中", 3), ("大专", 3), ("本科及以上", 2))),
    (18, (("高中", 6), ("大专", 2), ("本科及以上", 2))),
    (15, (("初中", 1), ("高中", 5))),
    (12, (("初中", 1),)),
    (6, (("小学", 1),)),
    (0, (("文盲或半文盲", 1),)),
)
_AT_SCHOOL = (
    (22, ""),
    (19, "大专及以上在校"),
    (15, "高中在校"),
    (12, "初中在校"),
    (6, "小学在校"),
    (3, "学前教育"),
    (0, ""),
)


def education(age: int, random: Random) -> str:
    words = next(words for from_age, words in _SCHOOLING if age >= from_age)
    return random.choices([word for word, _w in words], [weight for _word, weight in words])[0]


def student(age: int) -> str:
    return next(word for from_age, word in _AT_SCHOOL if age >= from_age)


def labour(age: int, member: Member, disabled: bool) -> str:
    if age < 16 or age >= 75:
        return "无劳动力"
    if disabled and member.health_class == HealthClass.MAJOR:
        return "丧失劳动力"
    if age >= 60 or disabled or member.health_class == HealthClass.MAJOR:
        return "弱劳动力或半劳动力"
    return "技能劳动力" if member.pk % 6 == 0 else "普通劳动力"


def health_word(member: Member, disabled: bool) -> str:
    if member.health_class == HealthClass.MAJOR:
        return "患有大病"
    if disabled:
        return "残疾"
    return "长期慢性病" if member.health_class == HealthClass.GENERAL else "健康"
