"""Words that say little, words of speech, and words that people put for each other when they repeat a claim.

The lists know nothing of any claim: they are the function words of the written language and of the common dialects,
and everyday synonyms. That two words stand in one group says that people swap them, never that they mean the same.
"""

from __future__ import annotations

from hiwar.arabic.folding import fold
from hiwar.library.finding.stemming import stem


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word.replace("'", "")) for word in text.split())


# Spoken in between; a word of these counts for nothing.
FILLERS = _folded(
    "يعني طب طيب بصراحه بصراحة والله يا ياخي اخوي بس خلاص يلا شوف اسمع صدقني أصلا أصلًا أكيد طبعا طبعًا عادي "
    "مفهوم صح أيوه ايوا آه بقى بقا كده كذا هيك بالنهاية هلا هلق مجرد أبدا أبدًا مطلقا well actually basically "
    "honestly literally simply obviously really just like okay ok yeah look listen see know mean think say tell "
    "guys bro man sort kind everybody"
)
# Whom one speaks to: fillers after this word alone, for a group and young people are also what claims are about.
CALL = "يا"
CALLED = _folded("أخي أخ أخوي جماعة شباب عم زلمة سيدي حبيبي ناس رجل")
# Function words: they help to tell two wordings apart, no more.
STOPS = _folded(
    "في من إلى على عن مع حتى منذ خلال بعد قبل عند لدى بين تحت فوق حول دون غير سوى إلا أو أم ثم بل لكن لكنه إن أن "
    "إنه أنه إنها أنها لأن لأنه لأنها لأنهم كي لكي إذا إذ لو لولا كما قد لقد سوف هو هي هم هن أنت أنا نحن أنتم هذا "
    "هذه ذلك تلك هؤلاء الذي التي الذين اللذين اللاتي ما ماذا لماذا كيف متى أين هل أي أية كل كلها كلهم جميع جميعا "
    "كان كانت يكون تكون له لها لهم لك لي به بها بهم فيه فيها منه منها منهم عليه عليها عليهم إليه عنه ولا فلا بلا "
    "فإن وإن وإذا ومن وما فمن لمن بمن مما عما فقد وقد أما إنما أيضا جدا كذلك يوجد هناك هنا اللي الي ليش ليه شو "
    "ايش إيش وش شنو وين فين إحنا احنا انتو هدول دول دي ده دا هاي هاد هذي هيدا هيك عشان علشان كمان برضه برضو لسه "
    "لحد واحد حدا بدي بدك بدنا عايز بتاع بتاعة تبع زي متل مثل مين إيه ايه يقال قال قالوا the a an of to in on at "
    "by for from with and or but nor so if then than that this these those there here it its he she they them "
    "their his her him who whom whoever which what when where wherever while as is are was were be been being has "
    "have had do does did will would shall should can could may might i you your we our us my me one ones into "
    "out up over under about because since until any each every all some such only also very too more most other "
    "others anyone anybody"
)
NEGATIONS = _folded(
    "لا ليس ليست ليسوا لم لن مش مو مب موب ماهو غير بدون لايوجد مافي لسنا not no none never nobody nothing without "
    "neither don't cannot can't"
)
NO = "لا"

_GROUPS = (
    "يجب واجب فرض لازم يلزم يوجب ضروري مفروض تجب واجبات",
    "يجوز جائز جايز مباح مسموح حلال يحق مشروع",
    "حرام محرم ممنوع محظور يحرم",
    "كافر كفار مشرك",
    "قتل ذبح اغتيال تصفية",
    "قتال حرب محاربة معركة",
    "حاكم رئيس ملك سلطان أمير زعيم",
    "دولة بلد وطن أرض ديار حكومة",
    "عهد معاهدة ميثاق اتفاقية اتفاق صلح هدنة",
    "امرأة نساء بنت بنات فتاة حرمة مرة المرة مراة نسوان",
    "والد أب أم أهل والدين أبوين",
    "مال أموال فلوس مصاري",
    "صديق صاحب رفيق",
    "ديانة دين ملة عقيدة",
    "قانون تشريع نظام دستور",
    "سلم سلام مسالمة",
    "عفو صفح تسامح مسامحة",
    "نسخ إلغاء لغى ألغى أبطل يلغ لغت",
    "تهنئة معايدة مباركة يعايد",
    "عيد أعياد مناسبة",
    "مدرسة جامعة دراسة تعليم تعلم",
    "لقاح تطعيم تلقيح",
    "هدم تكسير كسر تدمير تحطيم",
    "كذب خداع غش",
    "نار جهنم جحيم",
    "جنة فردوس",
    "شرطة شرطي أمن بوليس",
    "جيش عسكر عسكرية جندي",
    "انتخاب تصويت اقتراع صوت",
    "صنم وثن أوثان وثنية",
    "عبد رقيق سبي استرقاق جارية جواري",
    "إقامة سكن عيش معيشة",
    "مؤامرة خطة مكيدة",
    "إذن استئذان موافقة رضا",
    "خيانة غدر",
    "كره كراهية بغض عداوة حقد",
    "محبة حب مودة",
    "مفتي عالم شيخ مشايخ فقيه علماء",
    "جماعة فرقة طائفة تنظيم",
    "ورق أوراق ورقة",
    "تأشيرة فيزا",
    "محكمة قضاء قاض قضا",
    "ترك ساب يسيب",
    "شاب شب فتى",
    "عالم دنيا أرض",
    "قسم انقسام تقسيم",
    "رأي كلمة قول صوت",
    "must duty obligation obligatory obliged required compulsory ought",
    "allowed permitted lawful permissible halal legitimate allow permit",
    "forbidden prohibited haram banned unlawful forbid prohibit impermissible",
    "unbeliever infidel disbeliever kafir unbelief disbelief kufr",
    "idolatry idol shirk polytheism paganism pagan",
    "kill murder slay slaughter killed",
    "fight fighting war combat battle",
    "ruler president king leader sultan prince",
    "country state land nation homeland",
    "treaty pact covenant agreement",
    "woman women female girl lady girls",
    "parent mother father",
    "money wealth property funds",
    "religion faith creed belief",
    "law legislation constitution",
    "abrogate cancel overrule annul abolish replace",
    "greet congratulate wish greeting",
    "feast holiday festival celebration",
    "school university college education study educate teach learn",
    "vaccine vaccination inoculation jab",
    "destroy demolish break pull",
    "lie deceive cheat trick",
    "hell fire",
    "paradise heaven",
    "police policeman cop",
    "army military soldier troops",
    "vote election ballot voter",
    "slave captive slavery enslave",
    "live reside dwell living",
    "plot conspiracy plan scheme",
    "permission leave consent",
    "betray betrayal treason",
    "hate hatred enmity loathe",
    "scholar sheikh cleric mufti",
    "group sect faction party",
    "court judge tribunal",
    "abandon leave quit",
    "peace peaceful",
    "verse passage ayah",
    "pardon forgive forgiveness mercy tolerance",
    "emigrate migrate move hijra",
    "say voice opinion",
    "office post position",
    "apostasy apostate renegade",
    "martyr martyrdom shahid",
    "caliph caliphate khalifa",
    "pledge allegiance oath bayah",
    "youth young",
    "permissible may",
    "ancient old",
    "whole entire",
)


def _groups() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, group in enumerate(_GROUPS):
        for each in {stem(fold(word)) for word in group.split()}:
            found.setdefault(each, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


GROUPS = _groups()
