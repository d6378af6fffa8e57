"""The handful of sign-ins worth trying, kept where the launcher and the reader find them."""

import json
from pathlib import Path

from django.conf import settings

from healthaid.demo.accounts import CLIENT, PASSWORD, TOKEN

SIGNINS: tuple[tuple[str, str, str, str], ...] = (
    ("village_doctor", "doctor1", "指方村村医：看“今日”", "village doctor of 指方村: open Today"),
    ("team_doctor", "team1", "家庭医生：看团队和几个村的随访", "family doctor: the team's villages"),
    ("township_staff", "township1", "荷塘街道：看板、逾期、月报", "street officer: dashboard, reports"),
    (
        "county_staff",
        "county1",
        "区卫健局：全区看板、导入名册",
        "district officer: dashboard, register import",
    ),
    (
        "village_clerk",
        "committee1",
        "指方村村委会：看“识别”，给出村委会的意见",
        "clerk of 指方村's committee: opinions on identification",
    ),
    ("hospital_clerk", "clerk1", "结算窗口：选医院、查人、结算", "hospital clerk: the settlement window"),
)


def signins() -> list[dict[str, str]]:
    """This will give the demo's sign-ins: role, username, password (a token for the program), a note."""
    listed = [
        {"role": role, "username": name, "password": PASSWORD, "note": f"{zh} / {en}"}
        for role, name, zh, en in SIGNINS
    ]
    note = "接口令牌：Authorization: Token … / API token for /api/v1/"
    return [*listed, {"role": "api_client", "username": CLIENT, "password": TOKEN, "note": note}]


def write_signins(directory: Path | None = None) -> Path:
    """This will write them to demo-signins.json in the data directory."""
    path = (directory or settings.VAR_DIR) / "demo-signins.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(signins(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
