"""Verses, hadith and misused verses among the blocks of every text. Nothing that is stored changes."""

import wagtail.fields
from django.db import migrations

import hiwar.library.blocks

PAGES = [
    "aboutindexpage",
    "advisorspage",
    "articlepage",
    "correctionspage",
    "eventpage",
    "newspage",
    "plainpage",
    "pressreleasepage",
    "structurepage",
    "videopage",
]


def body():
    return wagtail.fields.StreamField(
        [
            ("text", 0),
            ("heading", 2),
            ("image", 5),
            ("verse", 9),
            ("hadith", 11),
            ("misused_verse", 15),
            ("quotation", 18),
            ("callout", 20),
            ("document", 23),
            ("video", 26),
        ],
        blank=True,
        block_lookup={
            0: (
                "wagtail.blocks.RichTextBlock",
                (),
                {
                    "features": ["bold", "link", "ol", "ul", "h3", "document-link"],
                    "label": "Text",
                    "template": "blocks/text.html",
                },
            ),
            1: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 160}),
            2: ("wagtail.blocks.StructBlock", [[("text", 1)]], {}),
            3: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
            4: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "max_length": 250, "required": False}),
            5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {}),
            6: ("hiwar.scripture.blocks.ReferenceBlock", (), {"label": "Reference", "required": True}),
            7: ("hiwar.scripture.blocks.KeptBlock", (), {"label": "Digest"}),
            8: ("hiwar.scripture.blocks.KeptBlock", (), {"label": "Edition"}),
            9: ("wagtail.blocks.StructBlock", [[("reference", 6), ("digest", 7), ("edition", 8)]], {}),
            10: ("hiwar.scripture.blocks.SignedHadithBlock", (), {"label": "Hadith", "required": True}),
            11: ("wagtail.blocks.StructBlock", [[("hadith", 10), ("digest", 7)]], {}),
            12: ("hiwar.scripture.blocks.WordBlock", (), {"label": "First word quoted alone", "min_value": 1}),
            13: ("hiwar.scripture.blocks.WordBlock", (), {"label": "Last word quoted alone", "min_value": 1}),
            14: (
                "wagtail.blocks.TextBlock",
                (),
                {
                    "help_text": "What is lost when these words stand alone, and what the whole says",
                    "label": "How it is cut",
                    "rows": 4,
                },
            ),
            15: (
                "wagtail.blocks.StructBlock",
                [
                    [
                        ("reference", 6),
                        ("first_word", 12),
                        ("last_word", 13),
                        ("explanation", 14),
                        ("digest", 7),
                        ("edition", 8),
                    ]
                ],
                {},
            ),
            16: (
                "wagtail.blocks.TextBlock",
                (),
                {"help_text": "Not for Quran or hadith, which have blocks of their own", "label": "Words"},
            ),
            17: ("wagtail.blocks.CharBlock", (), {"label": "Who, and where", "max_length": 250}),
            18: ("wagtail.blocks.StructBlock", [[("text", 16), ("who", 17)]], {}),
            19: ("wagtail.blocks.TextBlock", (), {"label": "Sentence"}),
            20: ("wagtail.blocks.StructBlock", [[("text", 19)]], {}),
            21: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
            22: ("wagtail.blocks.CharBlock", (), {"label": "What the link says", "max_length": 160, "required": False}),
            23: ("wagtail.blocks.StructBlock", [[("document", 21), ("label", 22)]], {}),
            24: (
                "wagtail.blocks.URLBlock",
                (),
                {"label": "Address of the video", "validators": [hiwar.library.blocks.known_video_address]},
            ),
            25: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 160}),
            26: ("wagtail.blocks.StructBlock", [[("address", 24), ("title", 25)]], {}),
        },
        verbose_name="text",
    )


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial"), ("scripture", "0001_initial")]

    # SQLite would write every table anew for a change that no column sees.
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterField(model_name=page, name="body", field=body()) for page in PAGES]
        )
    ]
