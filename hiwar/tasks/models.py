"""What the timetable and readiness need to remember; the jobs themselves are kept by django-tasks-db."""

from django.db import models


class Slot(models.Model):
    """That a timetable entry was started for one moment. The unique row lets one node alone start it."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "at"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class Beat(models.Model):
    """The last sign of life of a worker."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker
