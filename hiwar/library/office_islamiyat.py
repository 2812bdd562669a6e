"""What the office shows of fatwas: the bodies that issue them."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from hiwar.library.forms import CheckedForm
from hiwar.library.models import IssuingBody


class IssuingBodyViewSet(SnippetViewSet):
    """Issuing bodies. One that has fatwas cannot be deleted (the fatwas protect it)."""

    model = IssuingBody
    icon = "group"
    menu_label = _("Issuing bodies")
    menu_name = "issuing-bodies"
    menu_order = 230
    add_to_admin_menu = True
    list_display = [
        "name_here",
        Column("country", label=_("State")),
        BooleanColumn("sample", label=_("Invented, for samples")),
    ]
    list_filter = ["sample"]
    search_backend_name = None
    search_fields = ["slug", *(f"name__{code}" for code, _name in settings.LANGUAGES)]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "slug", "authority", "country", "sample")], base_form_class=CheckedForm
    )
