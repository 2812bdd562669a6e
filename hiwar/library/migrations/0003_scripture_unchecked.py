from django.db import migrations, models

PAGES = (
    "aboutindexpage",
    "advisorspage",
    "articlepage",
    "correctionspage",
    "eventpage",
    "homepage",
    "newspage",
    "plainpage",
    "pressreleasepage",
    "sectionpage",
    "structurepage",
    "videopage",
)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_scripture_blocks"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="scripture_unchecked",
            field=models.BooleanField(default=False, editable=False, verbose_name="scripture not checked"),
        )
        for name in PAGES
    ]
