"""Upload forms."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm


class ImageForm(BaseImageForm):
    pass


class DocumentForm(BaseDocumentForm):
    pass


class VideoForm(BaseMediaForm):
    pass
