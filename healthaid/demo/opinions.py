"""What people say about their doctors: praise, complaints, suggestions; most of them answered."""

from datetime import date, timedelta
from random import Random

from core.accounts.models import Role, User
from core.accounts.roles import Sector
from followups.choices import FeedbackChannel, FeedbackKind, FeedbackState
from followups.models import Feedback
from healthaid.demo.copying import Row, Store
from healthaid.demo.numbers import midday, seeded_uuid
from healthaid.demo.people import Home, Village

FEEDBACK = (
    *("uuid", "person", "village", "team", "kind", "channel", "about", "words", "received_on", "recorded_by"),
    *("state", "answer", "answered_by", "closed_on"),
)
# Kind, how it came, about whom, the words, what was answered.
_SAID = (
    ("praise", "letter", "村医", "送锦旗一面：精准扶贫暖人心，上门服务解民忧", "已转达本人并在例会上表扬"),
    (
        "praise",
        "visit",
        "村医",
        "我娘摔了腿，医生帮着联系医院、跑手续，出院了还上门换药",
        "已转达，继续做好居家护理",
    ),
    ("complaint", "phone", "", "说好一月来两次，上个月只来了一次", "已核实，上月漏访一次，已补访并提醒团队"),
    ("complaint", "box", "", "卫生室的降压药换了牌子，没人说明", "同一成分不同厂家，已上门解释，张贴告知"),
    ("complaint", "phone", "", "预约了转诊，等了两个星期没有消息", "已联系县医院，次日安排就诊"),
    ("suggestion", "visit", "", "随访能不能改在傍晚，白天都在地里", "已改约傍晚，团队在日程中注明"),
    ("suggestion", "box", "", "希望一季度来村里量一次血糖，不用跑镇上", "已列入下季度义诊安排"),
)
ONE_IN = 2


def officers() -> dict[int, int]:
    """Township → the health officer who answers."""
    found = User.objects.filter(role=Role.TOWNSHIP_STAFF, sector=Sector.HEALTH).order_by("-pk")
    return dict(found.values_list("area_id", "pk"))


class Opinions:
    def __init__(self, store: Store, on: date) -> None:
        self._store, self._on, self._officers = store, on, officers()

    def write(self, village: Village, random: Random) -> None:
        """This will make up what was said in a village over the last three months."""
        said = [
            self._entry(village, home, random)
            for home in village.homes
            if home.number % 40 == 7 and random.randrange(ONE_IN)
        ]
        self._store.copy(Feedback, FEEDBACK, said)

    def _entry(self, village: Village, home: Home, random: Random) -> Row:
        kind, channel, about, words, answer = random.choice(_SAID)
        day = self._on - timedelta(days=random.randint(1, 85))
        closed = day + timedelta(days=random.randint(1, 12))
        officer = self._officers.get(village.township.pk)
        is_closed = officer is not None and closed < self._on and random.random() < 0.7
        unsigned = channel == "box"
        return (
            seeded_uuid(random, midday(day)),
            None if unsigned else home.head.pk,
            village.area.pk,
            home.team,
            str(FeedbackKind(kind)),
            str(FeedbackChannel(channel)),
            about,
            words,
            day,
            village.doctor,
            str(FeedbackState.CLOSED if is_closed else FeedbackState.OPEN),
            answer if is_closed else "",
            officer if is_closed else None,
            closed if is_closed else None,
        )
