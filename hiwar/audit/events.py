"""Every audited event, named once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    ITEM_PUBLISHED = "item.published", _("Item published")
    ITEM_SCHEDULED = "item.scheduled", _("Item scheduled")
    ITEM_WITHDRAWN = "item.withdrawn", _("Item taken down")
    ITEM_DELETED = "item.deleted", _("Item deleted")
    PUBLICATION_REFUSED = "item.refused", _("Publication refused")
    FILES_OPENED = "files.opened", _("Files made public")
    FILES_CLOSED = "files.closed", _("Files made private")
    USER_SIGNED_IN = "user.signed_in", _("Signed in")
    USER_CREATED = "user.created", _("Account created")
    HADITH_SAVED = "hadith.saved", _("Hadith saved")
    HADITH_SIGNED = "hadith.signed", _("Hadith signed")
    HADITH_UNSIGNED = "hadith.unsigned", _("Signature of a hadith dropped")
    HADITH_DELETED = "hadith.deleted", _("Hadith deleted")
    RENDERING_IMPORTED = "rendering.imported", _("Edition of the meanings imported")
    RENDERING_SHOWN = "rendering.shown", _("Edition of the meanings shown")
    RENDERING_HIDDEN = "rendering.hidden", _("Edition of the meanings hidden")
    REPORT_RECORDED = "report.recorded", _("Reported error recorded")
    REPORT_ANSWERED = "report.answered", _("Reported error answered")
    REPORT_SHOWN = "report.shown", _("Reported error put into the public log")
    REPORT_HIDDEN = "report.hidden", _("Reported error taken out of the public log")
    QUOTATION_OVERRULED = "quotation.overruled", _("Finding about a quotation overruled")
    QUOTATION_MENDED = "quotation.mended", _("Quotation mended")
    ITEM_UNCHECKED = "item.unchecked", _("Item imported with its scripture unchecked")
    IMPORT_RUN = "import.run", _("Import run")
    VERSION_SIGNED = "version.signed", _("Version signed by a Scholar")
    BACKUP_MADE = "backup.made", _("Backup made")
    BACKUP_RESTORED = "backup.restored", _("Backup restored")
