"""Demo pictures the project draws itself: `draw("plate-01")` … `draw("plate-24")`, with `ALT` in two languages.

Nothing is random: the same code gives the same picture.
"""

from __future__ import annotations

from io import BytesIO

from .plates import PLATES

KEYS: tuple[str, ...] = tuple(f"plate-{number:02}" for number in range(1, len(PLATES) + 1))

LARGEST = 45_000  # bytes; a listing shows several pictures at once on slow lines
QUALITIES = (84, 76, 68, 58, 48, 38, 28)

# What a person who does not see the picture is told: one short sentence a language.
ALT: dict[str, dict[str, str]] = {
    "plate-01": {
        "ar": "مربعان كبيران متشابكان، أخضر ورملي، على أرضية خضراء داكنة فيها نجوم ثمانية خافتة",
        "en": "Two large interlaced squares, green and sand, on a dark green ground of faint eight-pointed stars",
    },
    "plate-02": {
        "ar": "مربعان صغيران متشابكان تتسع حولهما خطوط نجمية حتى تتلاشى في الرمل",
        "en": "Two small interlaced squares with star-shaped lines widening around them until they fade into sand",
    },
    "plate-03": {
        "ar": "صفوف من النجوم الثمانية الخضراء والرملية تخفّ نحو اليسار حتى تصير خطوطًا ثم فراغًا",
        "en": "Rows of green and sand eight-pointed stars that thin to outlines and then to empty space on the left",
    },
    "plate-04": {
        "ar": "نجمة عشرية كبيرة من خطوط رملية وخضراء متشابكة على أخضر داكن",
        "en": "A large ten-pointed star of woven sand and green lines on dark green",
    },
    "plate-05": {
        "ar": "شبكة رقيقة من الأشكال السداسية والنجوم تظهر شيئًا فشيئًا على أرضية فاتحة",
        "en": "A fine lattice of hexagons and six-pointed stars appearing gradually on a light ground",
    },
    "plate-06": {
        "ar": "مجموعتان من الدوائر المتحدة المركز، رملية وخضراء، تتداخلان في الوسط",
        "en": "Two sets of concentric circles, one sand and one green, woven together in the middle",
    },
    "plate-07": {
        "ar": "خيطان عريضان، أخضر ورملي، يلتفّ أحدهما على الآخر بين خطين دقيقين",
        "en": "Two broad strands, green and sand, twining about each other between fine rules",
    },
    "plate-08": {
        "ar": "نصف وردة هندسية ذات ثلاث طبقات من البتلات الخضراء ترتفع من أسفل الصورة",
        "en": "Half of a geometric rosette in three tiers of green petals, rising from the lower edge",
    },
    "plate-09": {
        "ar": "مربعات متداخلة يدور كل منها داخل الآخر من لون الرمل إلى الأخضر",
        "en": "Nested squares, each turned inside the last, passing from sand to green",
    },
    "plate-10": {
        "ar": "نافذة مثمنة الأضلاع تظهر فيها أشرطة منسوجة خضراء ورملية، ويمتد منها خط دقيق",
        "en": "An eight-sided window of woven green and sand bands, with one fine line leading away from it",
    },
    "plate-11": {
        "ar": "فسيفساء من المعينات والمربعات الخضراء تتفتح فيها نجوم ثمانية رملية",
        "en": "A mosaic of green rhombs and squares in which sand-coloured eight-pointed stars open",
    },
    "plate-12": {
        "ar": "معينات رملية وخضراء بتناظر خماسي لا يتكرر، تتلاشى نحو اليمين",
        "en": "Sand and green rhombs in a five-fold pattern that never repeats, fading to the right",
    },
    "plate-13": {
        "ar": "ختم مستدير فيه نجمة ثمانية متشابكة، وعن يساره خط واحد في مساحة خالية",
        "en": "A round seal holding a woven eight-pointed star, with a single line across empty space to its left",
    },
    "plate-14": {
        "ar": "أشرطة رأسية من النقوش: أسهم ونجوم ومعينات ودرجات، خضراء ورملية",
        "en": "Upright bands of borders: chevrons, stars, lozenges and steps in green and sand",
    },
    "plate-15": {
        "ar": "نجوم ثمانية صغيرة تكبر وتتقارب نحو اليمين على أرضية رملية",
        "en": "Small eight-pointed stars growing larger and closer towards the right on a sand ground",
    },
    "plate-16": {
        "ar": "بتلات خضراء متقاطعة على هيئة دوائر متشابكة، تتخللها بتلات رملية قليلة",
        "en": "Green petals forming interlocking circles, with a few petals in sand",
    },
    "plate-17": {
        "ar": "أشرطة منسوجة في ثلاثة اتجاهات، خضراء ورملية، على أخضر داكن",
        "en": "Bands woven in three directions, green and sand, on dark green",
    },
    "plate-18": {
        "ar": "أرضية من المثمنات والمربعات المرسومة بخط دقيق، وفيها مثمن واحد مرصع بنجمة",
        "en": "A paving of finely drawn octagons and squares, one octagon inlaid with a star",
    },
    "plate-19": {
        "ar": "مخمسات متلاصقة بألوان الرمل والأخضر الفاتح، بينها مجموعة صغيرة خضراء داكنة",
        "en": "Close-fitting pentagons in sand and pale green, with one small cluster in dark green",
    },
    "plate-20": {
        "ar": "أشرطة رملية عريضة متشابكة تحيط بنجمة ثمانية كبيرة على أخضر",
        "en": "Broad interlaced sand bands around large eight-pointed stars on green",
    },
    "plate-21": {
        "ar": "خيوط رملية وخضراء مشدودة داخل دائرة ترسم حلقتين من الفراغ",
        "en": "Sand and green threads stretched inside a circle, leaving two rings of open space",
    },
    "plate-22": {
        "ar": "مربعان متشابكان على الحد بين نصف رملي ونصف أخضر، يتبادل فيهما اللونان",
        "en": "Two interlaced squares across a sand half and a green half, their colours exchanged at the line",
    },
    "plate-23": {
        "ar": "طبقات من المعينات تتدرج من الأخضر الداكن في الأعلى إلى الرمل الفاتح",
        "en": "Tiers of kites descending from dark green at the top to pale sand",
    },
    "plate-24": {
        "ar": "أربع مراحل لمربعين متجاورين يقترب أحدهما من الآخر حتى يتشابكا",
        "en": "Four stages of two neighbouring squares drawing near until they interlace",
    },
}


def draw(key: str) -> bytes:
    """The picture `key` as WebP, 1600 × 800 pixels, at most 45,000 bytes; the same bytes each time.

    Raises `KeyError` for a key that is not in `KEYS`, `ValueError` if a plate is too rich for the limit.
    """
    if key not in KEYS:
        raise KeyError(key)
    picture = PLATES[KEYS.index(key)]().image()
    for quality in QUALITIES:
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise ValueError(f"{key} does not fit into {LARGEST} bytes")
