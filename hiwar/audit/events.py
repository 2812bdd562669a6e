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
    IMPORT_RUN = "import.run", _("Import run")
    BACKUP_MADE = "backup.made", _("Backup made")
    BACKUP_RESTORED = "backup.restored", _("Backup restored")
