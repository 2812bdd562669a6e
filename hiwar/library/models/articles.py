"""Articles."""

from django.utils.translation import gettext_lazy as _

from hiwar.library.models.base import ItemPage


class ArticlePage(ItemPage):
    kind = "article"
    template = "library/article_page.html"
    parent_page_types = ["library.SectionPage"]
    content_panels = [*ItemPage.content_panels, *ItemPage.text_panels, *ItemPage.people_panels]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
