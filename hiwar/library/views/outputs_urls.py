"""Addresses of feeds, sitemap and PDFs: `outside` the languages, and `inside` one."""

from django.urls import path, re_path

from hiwar.library.views import outputs

outside = [
    path("sitemap.xml", outputs.sitemap, name="sitemap"),
    path("sitemaps/<str:language>-<int:number>.xml", outputs.sitemap_file, name="sitemap_file"),
]
inside = [
    re_path(r"^feeds/(?P<section>[a-z-]+)\.(?P<format>xml|json)$", outputs.feed, name="feed"),
    path("pdf/<str:code>.pdf", outputs.item_pdf, name="pdf"),
]
