"""Why people go to hospital: their own diseases first, then what befalls everyone of their age."""

from dataclasses import dataclass
from random import Random

from healthaid.demo.families import Member


@dataclass(frozen=True, slots=True)
class Reason:
    """`cost` multiplies what a stay at that hospital costs; `higher` is the share beyond a township."""

    diagnosis: str
    icd10: str
    cost: float = 1.0
    days: tuple[int, int] = (5, 11)
    higher: float = 0.5
    surgery: bool = False
    sensitive: bool = False


_OF_DISEASE: dict[str, tuple[Reason, ...]] = {
    "hypertension": (
        Reason("原发性高血压3级（很高危）", "I10.x05", 0.7, (4, 9), 0.25),
        Reason("高血压性心脏病", "I11.900", 0.9, (5, 10), 0.45),
    ),
    "type2_diabetes": (
        Reason("2型糖尿病伴多个并发症", "E11.700", 0.9, (6, 12), 0.45),
        Reason("2型糖尿病性周围神经病", "E11.400x042", 0.8, (6, 11), 0.35),
    ),
    "severe_mental_disorder": (
        Reason("精神分裂症", "F20.900", 1.1, (18, 45), 0.9, sensitive=True),
        Reason("双相情感障碍", "F31.900", 1.0, (15, 38), 0.9, sensitive=True),
    ),
    "tuberculosis": (Reason("继发性肺结核", "A16.200x002", 1.0, (9, 21), 0.85, sensitive=True),),
    "stroke": (
        Reason("脑梗死", "I63.900", 1.2, (8, 16), 0.7),
        Reason("脑梗死恢复期", "I63.905", 0.8, (8, 15), 0.25),
        Reason("脑出血", "I61.900", 2.0, (12, 24), 0.98),
    ),
    "copd": (Reason("慢性阻塞性肺病伴急性加重", "J44.100", 0.9, (6, 12), 0.4),),
    "cataract": (Reason("老年性白内障", "H25.900", 0.9, (2, 4), 0.95, surgery=True),),
    "lung_cancer": (Reason("肺恶性肿瘤", "C34.900", 2.2, (8, 20), 0.99),),
    "stomach_cancer": (Reason("胃恶性肿瘤", "C16.900", 2.5, (9, 20), 0.99, surgery=True),),
    "liver_cancer": (Reason("肝细胞癌", "C22.000", 2.3, (7, 16), 0.99),),
    "colon_cancer": (Reason("结肠恶性肿瘤", "C18.900", 2.5, (9, 19), 0.99, surgery=True),),
    "rectal_cancer": (Reason("直肠恶性肿瘤", "C20.x00", 2.5, (9, 19), 0.99, surgery=True),),
    "oesophageal_cancer": (Reason("食管恶性肿瘤", "C15.900", 2.5, (10, 21), 0.99, surgery=True),),
    "bladder_cancer": (Reason("膀胱恶性肿瘤", "C67.900", 2.1, (7, 14), 0.99, surgery=True),),
    "kidney_cancer": (Reason("肾恶性肿瘤", "C64.x00", 2.3, (8, 16), 0.99, surgery=True),),
    "breast_cancer": (Reason("乳腺恶性肿瘤", "C50.900", 2.0, (6, 14), 0.99, surgery=True),),
    "cervical_cancer": (Reason("宫颈恶性肿瘤", "C53.900", 2.0, (7, 15), 0.99, surgery=True),),
    "ovarian_cancer": (Reason("卵巢恶性肿瘤", "C56.x00", 2.2, (8, 16), 0.99, surgery=True),),
    "end_stage_renal_disease": (Reason("慢性肾脏病5期", "N18.500", 1.4, (6, 14), 0.95),),
    "acute_myocardial_infarction": (
        Reason("急性心肌梗死", "I21.900", 2.8, (7, 13), 0.99, surgery=True),
        Reason("陈旧性心肌梗死", "I25.200", 1.0, (6, 11), 0.6),
    ),
    "rheumatic_heart_disease": (Reason("风湿性心脏病", "I09.900", 1.1, (7, 13), 0.7),),
    "pneumoconiosis": (Reason("煤工尘肺", "J60.x00", 0.9, (8, 16), 0.5),),
    "congenital_heart_disease_child": (Reason("先天性心脏病", "Q24.900", 2.4, (7, 14), 0.99, surgery=True),),
    "leukaemia_child": (Reason("急性淋巴细胞白血病", "C91.000", 2.6, (12, 26), 1.0),),
    "lymphoma_child": (Reason("霍奇金淋巴瘤", "C81.900", 2.2, (8, 18), 1.0),),
    "cleft_lip_and_palate": (Reason("唇裂", "Q36.900", 1.2, (5, 9), 0.99, surgery=True),),
    "thalassaemia": (Reason("β型地中海贫血", "D56.100", 0.9, (2, 5), 0.9),),
    "haemophilia": (Reason("血友病A", "D66.x00", 1.6, (4, 9), 0.95),),
    "osteoarthritis": (
        Reason("膝骨关节病", "M17.900", 0.7, (7, 13), 0.3),
        Reason("髋骨关节病", "M16.900", 3.2, (10, 18), 0.98, surgery=True),
    ),
    "coronary_heart_disease": (Reason("不稳定型心绞痛", "I20.000", 1.2, (6, 11), 0.65),),
    "lumbar_disc_disorder": (Reason("腰椎间盘突出症", "M51.202", 0.7, (7, 14), 0.35),),
    "chronic_bronchitis": (Reason("慢性支气管炎急性发作", "J42.x00", 0.6, (5, 10), 0.2),),
    "chronic_gastritis": (Reason("慢性胃炎", "K29.500", 0.5, (4, 8), 0.2),),
    "gallstones": (
        Reason("胆囊结石伴慢性胆囊炎", "K80.100", 1.4, (6, 11), 0.9, surgery=True),
        Reason("胆囊结石", "K80.200", 0.7, (4, 8), 0.4),
    ),
    "rheumatoid_arthritis": (Reason("类风湿性关节炎", "M06.900", 0.9, (7, 13), 0.5),),
    "fracture_sequelae": (Reason("下肢骨折后遗症", "T93.200", 0.9, (7, 14), 0.5),),
    "chronic_hepatitis_b": (Reason("慢性乙型病毒性肝炎", "B18.100", 0.9, (7, 14), 0.6),),
    "thyroid_disorder": (Reason("结节性甲状腺肿", "E04.902", 1.3, (5, 9), 0.9, surgery=True),),
    "asthma": (Reason("支气管哮喘急性发作", "J45.900", 0.6, (4, 8), 0.3),),
    "epilepsy": (Reason("癫痫", "G40.900", 0.7, (4, 8), 0.6),),
}
_CHILD = (
    Reason("支气管肺炎", "J18.000", 0.5, (4, 8), 0.35),
    Reason("急性肠胃炎", "A09.901", 0.35, (3, 5), 0.15),
    Reason("急性扁桃体炎", "J03.900", 0.35, (3, 6), 0.15),
)
_GROWN = (
    Reason("急性阑尾炎", "K35.800", 1.2, (5, 8), 0.85, surgery=True),
    Reason("急性肠胃炎", "A09.901", 0.4, (3, 6), 0.1),
    Reason("尿路结石", "N20.900", 0.9, (4, 7), 0.6),
    Reason("肺部感染", "J98.414", 0.6, (5, 9), 0.3),
    Reason("桡骨骨折", "S52.800", 1.6, (7, 13), 0.9, surgery=True),
)
_OLD = (
    Reason("肺部感染", "J98.414", 0.8, (6, 12), 0.3),
    Reason("股骨颈骨折", "S72.000", 3.0, (12, 20), 0.99, surgery=True),
    Reason("后循环缺血", "G45.004", 0.6, (5, 9), 0.25),
    Reason("泌尿道感染", "N39.000", 0.5, (5, 9), 0.2),
)
_BIRTH = Reason("单胎顺产", "O80.900", 0.8, (3, 5), 0.75)
_COLDS = (
    Reason("急性上呼吸道感染", "J06.900"),
    Reason("急性支气管炎", "J20.900"),
    Reason("腰肌劳损", "M54.502"),
    Reason("急性胃炎", "K29.100"),
)
# How much likelier than the healthy of the same age a person with the disease is to be admitted.
_WEIGHTS = {
    "stroke": 6.0, "copd": 6.5, "end_stage_renal_disease": 9.0, "lung_cancer": 9.0, "stomach_cancer": 8.0,
    "liver_cancer": 8.0, "leukaemia_child": 10.0, "acute_myocardial_infarction": 5.0, "pneumoconiosis": 4.0,
    "rheumatic_heart_disease": 4.0, "severe_mental_disorder": 2.5, "tuberculosis": 2.0, "type2_diabetes": 1.6,
    "hypertension": 0.9, "coronary_heart_disease": 2.5, "chronic_bronchitis": 2.0,
}  # fmt: skip
_BY_AGE = ((75, 1.3), (60, 0.7), (40, 0.3), (18, 0.22), (6, 0.12), (0, 0.35))
_ONCE = frozenset({"cataract", "cleft_lip_and_palate"})


def weight_of(member: Member, age: int) -> float:
    """How likely somebody is to be admitted, against the others."""
    ill = sum(0.5 if code in _ONCE else _WEIGHTS.get(code, 1.2) for code in member.ill)
    return next(weight for first, weight in _BY_AGE if age >= first) + ill


def reason_for(member: Member, known: list[str], age: int, random: Random) -> Reason:
    """The cause of a stay: `known` are the diseases that the person had by then."""
    ill = [code for code in known if code in _OF_DISEASE]
    if ill and random.random() < 0.82:
        code = random.choices(ill, [_WEIGHTS.get(each, 1.2) for each in ill])[0]
        return random.choice(_OF_DISEASE[code])
    if not member.male and 21 <= age <= 38 and random.random() < 0.45:
        return _BIRTH
    return random.choice(_CHILD if age < 14 else _OLD if age >= 65 else _GROWN)


def chronic_reason(known: list[str], random: Random) -> Reason | None:
    """What somebody comes for to the window of chronic diseases; None where there is nothing of the kind."""
    ill = [code for code in known if code in _WEIGHTS]
    return random.choice(_OF_DISEASE[random.choice(ill)]) if ill else None


def cold(random: Random) -> Reason:
    return random.choice(_COLDS)
