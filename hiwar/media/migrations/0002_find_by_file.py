"""Indexes by file name: every request for a file looks its owner up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="video",
            name="thumbnail",
            field=models.FileField(blank=True, upload_to="media_thumbnails", verbose_name="poster"),
        ),
        migrations.AddIndex("attachment", models.Index(fields=["file"], name="attachment_by_file")),
        migrations.AddIndex("captiontrack", models.Index(fields=["file"], name="caption_by_file")),
        migrations.AddIndex("picture", models.Index(fields=["file"], name="picture_by_file")),
        migrations.AddIndex("rendition", models.Index(fields=["file"], name="rendition_by_file")),
        migrations.AddIndex("video", models.Index(fields=["file"], name="video_by_file")),
        migrations.AddIndex("video", models.Index(fields=["thumbnail"], name="video_by_thumbnail")),
    ]
