"""Names as they are heard around Xiangtan: surnames by how common they are, given names by generation."""

from random import Random

SURNAMES = (
    "刘王李张陈杨周黄谭唐彭罗胡吴肖贺谢邓曾何郭段易龙蒋朱文左冯赵徐马谷莫欧廖夏颜田尹邹袁汤宋成许苏戴姚向"
)
_WEIGHTS = [40 / (1 + place * 0.22) for place in range(len(SURNAMES))]
COMPOUND = ("欧阳", "上官", "司马")
# Given names by years of birth: first and second characters that go together, for men and for women.
_GENERATIONS: tuple[tuple[int, dict[str, tuple[str, str]]], ...] = (
    (
        1955,
        {
            "1": ("德光桂正世国福长寿春云绍仲", "生华清发初泉林贵和秋明安"),
            "2": ("桂秀玉菊金淑月翠凤运冬细", "英兰珍莲香云娥秀贞梅元华"),
        },
    ),
    (
        1975,
        {
            "1": ("建国志新爱铁立光文正跃卫", "平军强华明伟辉良国民斌钢"),
            "2": ("建爱美春丽艳小红桂冬秋雪", "华玲萍红英群兰辉云芳霞娟"),
        },
    ),
    (
        1995,
        {
            "1": ("志海建文伟俊小立学宏亮旭", "勇波峰鹏斌超辉杰涛军刚敏"),
            "2": ("丽艳小海晓雪婷玉文美春慧", "娟婷芳霞琴静敏丹玲莎燕娜"),
        },
    ),
    (
        2100,
        {
            "1": ("子浩宇俊梓嘉佳文博思泽奕", "轩豪杰涵辰宇阳睿鑫航然恒"),
            "2": ("子梓欣雨佳诗语思嘉可婉若", "涵怡妍萱琪瑶彤悦琳婷妤萌"),
        },
    ),
)


def village_surnames(random: Random) -> list[tuple[str, float]]:
    """Every village has two or three names that half of its families bear."""
    common = random.choices(SURNAMES, _WEIGHTS, k=3)
    weights = dict(zip(SURNAMES, _WEIGHTS, strict=True))
    total = sum(_WEIGHTS)
    for name, share in zip(common, (0.5, 0.3, 0.2), strict=True):
        weights[name] += total * share
    return [*weights.items(), *((name, total * 0.003) for name in COMPOUND)]


def surname(random: Random, pool: list[tuple[str, float]]) -> str:
    return random.choices([name for name, _weight in pool], [weight for _name, weight in pool])[0]


def given_name(random: Random, *, sex: str, born_year: int) -> str:
    """Two characters, sometimes one; the fashion of the year of birth."""
    table = next(names for last_year, names in _GENERATIONS if born_year < last_year)
    first, second = table[sex]
    if random.random() < 0.14 and born_year >= 1965:
        return random.choice(second)
    return random.choice(first) + random.choice(second)
