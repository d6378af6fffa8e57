"""The paper forms field by field: every box that the norm prints is asked for, with its codes and its unit.

One line for each box: the field, and what stands beside it: codes as printed, a unit, `/` where the paper has a
second column for the target, `rows N` for a table of N lines. A line that is missing or differs fails by name.
"""

import re
from collections.abc import Iterator

import pytest

from followups.protocols.library import edition
from followups.protocols.schema import Field, Protocol

LOST = "1外出打工 2迁居他处 3走失 4连续3次未到访 5其他"
MODE = "1门诊 2家庭 3电话"
NO_YES = "1无 2有"
THREE = "1良好 2一般 3差"
POOR = "1良好 2一般 3较差"
COMMON = f"""
visit_date
visit_mode {MODE}
next_date
lost_reason {LOST}
death_date
"""
CHRONIC = f"""
{COMMON}
death_cause
sbp mmHg
dbp mmHg
weight kg /
bmi kg/m² /
signs_other
smoking 支 /
drinking 两 /
exercise_times 次/周 /
exercise_minutes 分钟/次 /
psychology {THREE}
compliance {THREE}
auxiliary_tests
adherence 1规律 2间断 3不服药
adr {NO_YES}
adr_text
medicines rows 4
referral_reason
referral_place
symptoms_other
"""
ACTS = ("disturbance", "offence", "crime", "other", "self_harm", "suicide")
SYMPTOMS_OF_MIND = "1幻觉 2交流困难 3猜疑 4喜怒无常 5行为怪异 6兴奋话多 7伤人毁物 8悲观厌世 9无故外走 10自语自笑 11孤僻懒散 12其他"
ACTS_CODED = "1轻度滋事 2肇事 3肇祸 4其他危害行为 5自伤 6自杀未遂 7无"
ACTS_COUNTED = "\n".join(f"acts_{name} 次" for name in ACTS)
LOCKED = "1无关锁 2关锁 3关锁已解除"
WATCHED = """
supervisor 1医生 2家属 3自服药 4其他
regimen
usage 1每日 2间歇
drug_form 1固定剂量复合制剂 2散装药 3板式组合药 4注射剂
smoking 支 /
drinking 两 /
"""
MASTERED = "\n".join(
    f"taught_{name} 1掌握 2未掌握"
    for name in ("record", "medicine", "course", "harm", "reactions", "checks", "away", "living", "contacts")
)
NORMAL = "1正常 2异常"
ELSEWHERE = "1未发现 2有"
NUMBERS = {
    "g/L": "haemoglobin albumin",
    "×10⁹/L": "white_cells platelets",
    "U/L": "alt ast",
    "μmol/L": "bilirubin bilirubin_direct creatinine",
    "mmol/L": "fpg urea potassium sodium cholesterol triglycerides ldl hdl",
    "mg/dL": "microalbumin",
    "cm": "height waist",
    "mmHg": "sbp_left dbp_left sbp_right dbp_right",
    "次/分钟": "pulse respiration heart_rate",
}
MEASURED = "\n".join(f"{code} {unit}" for unit, codes in NUMBERS.items() for code in codes.split())
NORMALS = "fundus breath_sounds vulva vagina cervix uterus adnexa ecg xray ultrasound ultrasound_other smear"
FAMILY = "1无 2高血压 3糖尿病 4冠心病 5慢性阻塞性肺疾病 6恶性肿瘤 7脑卒中 8严重精神障碍 9结核病 10肝炎 11先天畸形 12其他"

PRINTED: dict[str, str] = {
    "hypertension_2017": f"""
{CHRONIC}
symptoms 1无症状 2头痛头晕 3恶心呕吐 4眼花耳鸣 5呼吸困难 6心悸胸闷 7鼻衄出血不止 8四肢发麻 9下肢水肿 10其他
heart_rate 次/分钟
salt 1轻 2中 3重 /
""",
    "type2_diabetes_2017": f"""
{CHRONIC}
symptoms 1无症状 2多饮 3多食 4多尿 5视力模糊 6感染 7手脚麻木 8下肢浮肿 9体重明显下降 10其他
foot_pulse 1触及正常 2减弱 3消失
foot_pulse_side 1双侧 2左侧 3右侧
staple_food 克/天 /
fpg mmol/L
hba1c %
hba1c_date
hypoglycaemia 1无 2偶尔 3频繁
insulin_kind
insulin_dosage
""",
    "severe_mental_supplement_2018": f"""
guardian_name
guardian_relation
guardian_address
guardian_phone
committee_contact
residence 1城镇 2农村
employment 1在岗工人 2在岗管理者 3农民 4下岗或无业 5在校学生 6退休 7专业技术人员 8其他 9不详
consent 1同意参加管理 0不同意参加管理
consent_signed_by
consent_signed_on
first_onset
past_symptoms {SYMPTOMS_OF_MIND}
locked_up {LOCKED}
outpatient 1未治 2间断门诊治疗 3连续门诊治疗
first_medicine_on
hospital_times 次
diagnosis
diagnosed_at
diagnosed_on
latest_effect 1临床痊愈 2好转 3无变化 4加重
dangerous_acts {ACTS_CODED}
{ACTS_COUNTED}
means 1贫困，在当地贫困线标准以下 2非贫困
specialist_opinion
visit_date
""",
    "severe_mental_disorder_2018": f"""
{COMMON}
death_cause 1躯体疾病 2自杀 3他杀 4意外 5精神疾病相关并发症 6其他
death_disease 1传染病和寄生虫病 2肿瘤 3心脏病 4脑血管病 5呼吸系统疾病 6消化系统疾病 7其他疾病 8不详
informant 1本人 2家属或监护人 3其他知情人
risk
symptoms {SYMPTOMS_OF_MIND}
symptoms_other
insight 1完全 2不全 3缺失
sleep {POOR}
appetite {POOR}
function_self_care {POOR}
function_housework {POOR}
function_work {POOR} 9此项不适用
function_learning {POOR}
function_social {POOR}
dangerous_acts {ACTS_CODED}
{ACTS_COUNTED}
locked_up {LOCKED}
hospital_stay 0未住院 1目前正在住院 2曾住院，现未住院
discharged_on
laboratory {NO_YES}
laboratory_text
adherence 1按医嘱规律用药 2间断用药 3不用药 4医嘱勿需用药
adr {NO_YES} 9此项不适用
adr_text
effect 1痊愈 2好转 3无变化 4加重 9此项不适用
referred 1否 2是
referral_reason
referral_place
medicines rows 3
medicines_advised rows 3
rehabilitation 1生活劳动能力 2职业训练 3学习能力 4社会交往 5其他
rehabilitation_other
""",
    "tuberculosis_first_2017": f"""
{WATCHED}
{MASTERED}
visit_date
visit_mode 1门诊 2家庭
next_date
patient_type 1初治 2复治
sputum 1阳性 2阴性 3未查痰
resistance 1耐药 2非耐药 3未检测
symptoms 0没有症状 1咳嗽咳痰 2低热盗汗 3咯血或血痰 4胸痛消瘦 5恶心纳差 6头痛失眠 7视物模糊 8皮肤瘙痒、皮疹 9耳鸣、听力下降 10其他
symptoms_other
single_room 1有 2无
ventilation {THREE}
pickup_place
pickup_on
""",
    "tuberculosis_2017": f"""
{WATCHED}
visit_date
visit_mode {MODE}
next_date
treatment_month 月
symptoms 0没有症状 1咳嗽咳痰 2低热盗汗 3咯血或血痰 4胸痛消瘦 5恶心纳差 6关节疼痛 7头痛失眠 8视物模糊 9皮肤瘙痒、皮疹 10耳鸣、听力下降 11其他
symptoms_other
missed_doses 次
adr {NO_YES}
adr_text
complications {NO_YES}
complications_text
referral_reason
referral_place
referral_result
handling
""",
    "tuberculosis_closing_2017": """
stop_date
stop_reason 1完成疗程 2死亡 3丢失 4转入耐多药治疗
visits_due 次
visits_done 次
doses_due 次
doses_taken 次
adherence_rate %
""",
    "annual_exam_2017": f"""
visit_date
symptoms 1无症状 2头痛 3头晕 4心悸 5胸闷 6胸痛 7慢性咳嗽 8咳痰 9呼吸困难 10多饮 11多尿 12体重下降 13乏力 14关节肿痛 15视力模糊 16手脚麻木 17尿急 18尿痛 19便秘 20腹泻 21恶心呕吐 22眼花 23耳鸣 24乳房胀痛 25其他
symptoms_other
temperature ℃
weight kg
bmi kg/m²
{MEASURED}
health_self 1满意 2基本满意 3说不清楚 4不太满意 5不满意
self_care 1可自理（0–3分） 2轻度依赖（4–8分） 3中度依赖（9–18分） 4不能自理（≥19分）
cognition 1粗筛阴性 2粗筛阳性
mmse_total 分
mood 1粗筛阴性 2粗筛阳性
gds_total 分，满分 30
exercise_frequency 1每天 2每周一次以上 3偶尔 4不锻炼
exercise_minutes 分钟
exercise_years 年
exercise_kind
diet 1荤素均衡 2荤食为主 3素食为主 4嗜盐 5嗜油 6嗜糖
smoking_state 1从不吸烟 2已戒烟 3吸烟
cigarettes 支
smoking_from 岁
smoking_until 岁
drinking_state 1从不 2偶尔 3经常 4每天
drinking_amount 两
drinking_stopped 1未戒酒 2已戒酒
drinking_until 岁
drinking_from 岁
drunk 1是 2否
drinks 1白酒 2啤酒 3红酒 4黄酒 5其他
drinks_text
exposed {NO_YES}
exposure_job
exposures rows 5
lips 1红润 2苍白 3发绀 4皲裂 5疱疹
teeth 1正常 2缺齿 3龋齿 4义齿（假牙）
teeth_where
throat 1无充血 2充血 3淋巴滤泡增生
vision_left 五分记录
vision_right 五分记录
corrected_left 五分记录
corrected_right 五分记录
hearing 1听见 2听不清或无法听见
movement 1可顺利完成 2无法独立完成任何一个动作
skin 1正常 2潮红 3苍白 4发绀 5黄染 6色素沉着 7其他
skin_text
sclera 1正常 2黄染 3充血 4其他
sclera_text
nodes 1未触及 2锁骨上 3腋窝 4其他
nodes_text
barrel_chest 1否 2是
rales 1无 2干罗音 3湿罗音 4其他
rales_text
heart_rhythm 1齐 2不齐 3绝对不齐
murmur {NO_YES}
tenderness {NO_YES}
mass {NO_YES}
liver {NO_YES}
spleen {NO_YES}
ascites {NO_YES}
oedema 1无 2单侧 3双侧不对称 4双侧对称
foot_pulse 1未触及 2触及双侧对称 3触及左侧弱或消失 4触及右侧弱或消失
rectal 1未及异常 2触痛 3包块 4前列腺异常 5其他
rectal_text
breast 1未见异常 2乳房切除 3异常泌乳 4乳腺包块 5其他
breast_text
signs_other
blood_other
urine_protein
urine_sugar
urine_ketone
urine_blood
urine_other
stool_blood 1阴性 2阳性
hba1c %
hbsag 1阴性 2阳性
tests_other
problem_brain 1未发现 2缺血性卒中 3脑出血 4蛛网膜下腔出血 5短暂性脑缺血发作 6其他
problem_kidney 1未发现 2糖尿病肾病 3肾功能衰竭 4急性肾炎 5慢性肾炎 6其他
problem_heart 1未发现 2心肌梗死 3心绞痛 4冠状动脉血运重建 5充血性心力衰竭 6心前区疼痛 7其他
problem_vessel 1未发现 2夹层动脉瘤 3动脉闭塞性疾病 4其他
problem_eye 1未发现 2视网膜出血或渗出 3视乳头水肿 4白内障 5其他
problem_nerve {ELSEWHERE}
problem_other {ELSEWHERE}
hospital_stays rows 2
family_beds rows 2
medicines rows 6
vaccinations rows 3
evaluation 1体检无异常 2有异常
abnormal_1
abnormal_2
abnormal_3
abnormal_4
guidance 1纳入慢性病患者健康管理 2建议复查 3建议转诊
risk_control 1戒烟 2健康饮酒 3饮食 4锻炼 5减体重 6建议接种疫苗 7其他
weight_goal kg
vaccine_advised
risk_other
"""
    + "\n".join(f"{code} {NORMAL}\n{code}_text" for code in NORMALS.split()),
    "health_record_2017": f"""
archive_number
present_address
registered_address
archive_unit
archive_maker
responsible_doctor
archive_date
sex 0未知的性别 1男 2女 9未说明的性别
birth_date
work_unit
contact_name
contact_phone
residence 1户籍 2非户籍
ethnic 01汉族 99少数民族
blood 1A型 2B型 3O型 4AB型 5不详
rh 1阴性 2阳性 3不详
schooling 1研究生 2大学本科 3大学专科和专科学校 4中等专业学校 5技工学校 6高中 7初中 8小学 9文盲或半文盲 10不详
occupation
marriage 1未婚 2已婚 3丧偶 4离婚 5未说明的婚姻状况
payment 1城镇职工基本医疗保险 2城镇居民基本医疗保险 3新型农村合作医疗 4贫困救助 5商业医疗保险 6全公费 7全自费 8其他
payment_text
allergy 1无 2青霉素 3磺胺 4链霉素 5其他
allergy_text
exposure 1无 2化学品 3毒物 4射线
past_diseases 1无 2高血压 3糖尿病 4冠心病 5慢性阻塞性肺疾病 6恶性肿瘤 7脑卒中 8严重精神障碍 9结核病 10肝炎 11其他法定传染病 12职业病 13其他
diagnoses rows 6
surgery {NO_YES}
surgery_lines rows 2
injury {NO_YES}
injury_lines rows 2
transfusion {NO_YES}
transfusion_lines rows 2
family_father {FAMILY}
family_father_text
family_mother {FAMILY}
family_mother_text
family_siblings {FAMILY}
family_siblings_text
family_children {FAMILY}
family_children_text
hereditary {NO_YES}
hereditary_text
disability 1无残疾 2视力残疾 3听力残疾 4言语残疾 5肢体残疾 6智力残疾 7精神残疾 8其他残疾
disability_text
kitchen 1无 2油烟机 3换气扇 4烟囱
fuel 1液化气 2煤 3天然气 4沼气 5柴火 6其他
water 1自来水 2经净化过滤的水 3井水 4河湖水 5塘水 6其他
toilet 1卫生厕所 2一格或二格粪池式 3马桶 4露天粪坑 5简易棚厕
pen 1无 2单设 3室内 4室外
""",
    "tcm_constitution_2013": "visit_date\n"
    + "\n".join(f"question_{number}" for number in range(1, 34))
    + "".join(
        f"\n{code}_score 分\n{code} 2是 3{word} 4否\n"
        f"{code}_guidance 1情志调摄 2饮食调养 3起居调摄 4运动保健 5穴位保健 6其他\n{code}_other"
        for word, codes in {
            "倾向是": "qi_deficiency yang_deficiency yin_deficiency phlegm_dampness damp_heat blood_stasis "
            "qi_stagnation inherited_special",
            "基本是": "balanced",
        }.items()
        for code in codes.split()
    ),
}


def boxes() -> Iterator[tuple[str, str, str]]:
    for key, text in PRINTED.items():
        for line in filter(None, text.splitlines()):
            code, _space, beside = line.partition(" ")
            yield key, code, beside


def beside(form: Protocol, field: Field, wanted: str) -> str:
    """What the field has where the paper has something to say."""
    column = " /" if field.target else ""
    if field.is_list:
        return f"rows {field.max_lines}"
    if field.table:
        return " ".join(f"{o.code}{o.zh}" for o in form.table(field).values) + column if wanted else ""
    return (field.unit.zh if field.unit and wanted else "") + column


@pytest.mark.parametrize(("key", "code", "wanted"), list(boxes()))
def test_a_box_of_the_paper_is_asked_for_as_it_is_printed(key: str, code: str, wanted: str) -> None:
    form = edition(key)
    field = form.by_code[code]
    assert beside(form, field, wanted) == wanted
    hidden = {"tcm_constitution_2013": {"next_date"}}.get(key, set())
    assert field.printed or code in hidden


@pytest.mark.parametrize("key", PRINTED)
def test_what_is_printed_beyond_the_paper_is_only_what_explains_a_box(key: str) -> None:
    """Nothing stands on the sheet that the norm does not have, but the parts that lead to a box."""
    form, named = edition(key), {code for place, code, _wanted in boxes() if place == key}
    beyond = {f.code for f in form.fields if f.printed and not f.target_of and not f.filled_by} - named
    parts = {part for code in named for part in form.by_code[code].adds}
    explains = {code for code in beyond if code in parts or re.search(r"_(text|other|note|name)$", code)}
    also = {part for code in explains for part in form.by_code[code].adds}
    assert beyond - explains - also <= BEYOND.get(key, set())


# Asked for on the paper in another way, or on every sheet of the product.
BEYOND: dict[str, set[str]] = {
    "tuberculosis_first_2017": {"lost_reason", "death_date", "death_cause"},
    "tuberculosis_2017": {"lost_reason", "death_date", "death_cause"},
    "tuberculosis_closing_2017": {"visit_date", "visit_mode"},
    "severe_mental_supplement_2018": {"visit_mode"},
    "health_record_2017": {"visit_date"},
    "tcm_constitution_2013": {"visit_mode"},
}
