"""What households ask for, in the words of the form, and how it usually ends."""

from dataclasses import dataclass

from followups.choices import NeedKind


@dataclass(frozen=True)
class Want:
    words: str
    step: str
    met: str


NEED_CODES = "23344556678"
# By the code of the home-visit form's table of needs.
KINDS = {
    "2": NeedKind.HOSPITAL, "3": NeedKind.COST, "4": NeedKind.MEDICINE, "5": NeedKind.INSURANCE,
    "6": NeedKind.NURSING, "7": NeedKind.WELFARE, "8": NeedKind.OTHER,
}  # fmt: skip
WANTS: dict[str, tuple[Want, ...]] = {
    "2": (
        Want(
            "白内障看不清东西，想联系医院做手术",
            "已与区人民医院眼科联系，排期下周",
            "已手术，视力恢复，办理一站式结算",
        ),
        Want(
            "老伴摔伤左腿，疑股骨颈骨折，要住院", "已协助办理入院，走绿色通道", "手术顺利出院，转为上门护理"
        ),
        Want("反复胸闷，想到上级医院检查", "已开转诊单，预约心血管内科", "检查完毕，调整用药，继续随访"),
    ),
    "3": (
        Want(
            "膝关节置换要四万多元，怕花钱一直拖着",
            "已测算各项报销后的自付金额，向其说明",
            "经医保和救助后自付一成，已手术",
        ),
        Want(
            "透析每周三次，路费和自付压力大", "已申请门诊慢特病和临时救助", "慢特病待遇已办好，每月自付减少"
        ),
        Want(
            "胃镜检查怕花钱，一直没有去做", "已说明门诊报销，安排义诊时检查", "义诊时已做检查，慢性胃炎，给药"
        ),
    ),
    "4": (
        Want("降压药快吃完了，腿脚不便出不了门", "已向卫生室领药", "药已送到家，教会按时服用"),
        Want("二甲双胍卫生室没有了", "已向社区卫生服务中心调拨", "已配到，按月送药"),
        Want("药具箱里的体温计坏了", "已登记，随下次入户带来", "已更换，药具箱齐全"),
    ),
    "5": (
        Want("去年在长沙住院的票据不知道怎么报", "已收齐发票和出院小结，送经办窗口", "报销款已到账"),
        Want("特惠保理赔不会填单子", "已联系保险公司人员上门", "理赔完成"),
        Want("异地就医没有备案，担心报不了", "已帮助在手机上补办备案", "备案成功，可直接结算"),
    ),
    "6": (
        Want(
            "中风后左侧肢体不便，想要康复指导", "已请中心康复医师上门评估", "制定了居家康复计划，每周指导一次"
        ),
        Want("卧床老人有压疮，需要换药", "已安排护士隔日上门换药", "创面愈合"),
    ),
    "7": (
        Want("孙子的医保还没有交", "已与社区核对，正在补缴", "已参保缴费"),
        Want("残疾证到期，想换证", "已约残联上门评定", "新证已领到"),
    ),
    "8": (
        Want("希望添一根拐杖", "已向残联申请辅具", "拐杖已送到"),
        Want("屋后水沟堵了，蚊虫多", "已报村委会清理", "已清理消毒"),
    ),
}
# Where it could not be met, and why.
UNMET = {
    "3": "自付部分仍无力承担，本人暂不手术；已转入监测并申请临时救助",
    "2": "本人不愿转诊，继续观察",
    "6": "暂无可上门的康复人员，列入下季度安排",
}
