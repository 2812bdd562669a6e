"""Render time of an article and of a list at 500 and at 20,000 items, beside stock Wagtail on the same data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from bench import Measure, benchmark, fresh_database, median_ms

SIZES = (500, 20_000)


def queries(work: Callable[[], object]) -> int:
    """Number of queries of one call."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


@benchmark("pages")
def pages() -> Iterator[Measure]:
    """`pages.article` is what a reader waits for once somebody has read it within the minute, `pages.article_made_anew`
    what the first one waits for; lists are never kept. `stock.*` is Wagtail's own routing and idiom on the same rows,
    with nothing round the text."""
    with fresh_database() as vendor:
        from django.core.cache import cache
        from django.test import Client, override_settings

        from bench._stock import fill
        from hiwar.accounts.models import User
        from hiwar.library import house

        house.prepare(by=User.objects.system("demo"))
        for size in SIZES:
            article = fill(size)
            if vendor == "postgresql":
                from django.db import connection

                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
            cache.clear()
            client = Client()

            def shown(path: str, client: Client = client) -> None:
                assert client.get(path).status_code == 200, path

            def made(path: str) -> None:
                with override_settings(PAGES_KEPT=0):
                    shown(path)

            def again(path: str) -> None:
                with override_settings(PAGES_KEPT=60):
                    shown(path)

            ours = {
                "pages.article": partial(again, article.shown_path),
                "pages.article_made_anew": partial(made, article.shown_path),
                "pages.listing": partial(shown, "/ar/articles/"),
                "pages.listing_filtered": partial(shown, "/ar/articles/?topic=t3"),
                "pages.home": partial(shown, "/ar/"),
                "stock.article": partial(stock_article, article.shown_path),
                "stock.listing": stock_listing,
            }
            found: dict[str, float] = {}
            for name, work in ours.items():
                work()
                found[name] = median_ms(work, rounds=20)
                yield Measure(name, found[name], "ms", {"items": size, "database": vendor, "queries": queries(work)})
            for name in ("article", "article_made_anew", "listing"):
                ratio = round(found[f"pages.{name}"] / found[f"stock.{name.removesuffix('_made_anew')}"], 3)
                yield Measure(f"pages.{name}.of_stock", ratio, "ratio", {"items": size, "database": vendor})


def stock_article(path: str) -> object:
    """What Wagtail does of itself: walk the tree by slug, fetch the page, render its text with nothing round it."""
    from django.template import engines
    from django.test import RequestFactory
    from django.utils.translation import override
    from wagtail.models import Site

    template = engines["django"].from_string(
        "{% load wagtailcore_tags %}<h1>{{ page.title }}</h1>{% for a in page.get_ancestors %}{% pageurl a %}"
        "{% endfor %}{% for b in page.body %}{% include_block b %}{% endfor %}"
        "{% for t in page.topics.all %}{{ t }}{% endfor %}{% for c in page.authorships.all %}{{ c.person }}{% endfor %}"
        "{% for p in page.get_translations %}{% pageurl p %}{% endfor %}"
    )
    request = RequestFactory().get(path)
    with override("ar"):
        parts = [part for part in path.split("/")[2:] if part]
        root = Site.find_for_request(request).root_page.localized.specific
        page = root.route(request, parts).page
        return template.render({"page": page, "request": request})


def stock_listing() -> object:
    """Wagtail's idiom for a list: children, live, specific, newest first, with Django's paginator."""
    from django.core.paginator import Paginator
    from django.template import engines
    from django.test import RequestFactory
    from django.utils.translation import override

    from hiwar.library.models import SectionPage

    template = engines["django"].from_string(
        "{% load wagtailcore_tags %}{% for p in rows %}<h3><a href='{% pageurl p %}'>{{ p.title }}</a></h3>"
        "{{ p.summary }}"
        "{% for t in p.topics.all %}{{ t }}{% endfor %}{% endfor %}{{ rows.paginator.num_pages }}"
    )
    with override("ar"):
        section = SectionPage.objects.get(lists="article", locale__language_code="ar")
        children = section.get_children().live().specific().order_by("-first_published_at")
        rows = Paginator(children, 20).get_page(1)
        return template.render({"rows": rows, "request": RequestFactory().get("/ar/articles/")})


@benchmark("base_page")
def base_page() -> Iterator[Measure]:
    """A mixed list of 20 of 20,000 items in three shapes (decision 0002): abstract base with `specific()`, concrete
    base as a joined table, and the registry's rows."""
    with fresh_database() as vendor:
        from django.db import connection
        from wagtail.models import Page

        from bench._stock import fill
        from hiwar.accounts.models import User
        from hiwar.items.models import ItemRef
        from hiwar.library import house

        house.prepare(by=User.objects.system("demo"))
        fill(20_000)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_base (page_ptr_id integer PRIMARY KEY, summary text, date timestamp)")
            cursor.execute("INSERT INTO bench_base SELECT page_ptr_id, summary, date FROM library_articlepage")
            cursor.execute("CREATE INDEX bench_base_date ON bench_base (date DESC)")
            if vendor == "postgresql":
                cursor.execute("ANALYZE")

        def abstract(start: int) -> object:
            rows = Page.objects.live().filter(depth=4).order_by("-first_published_at").specific()
            return list(rows[start : start + 20])

        def concrete(start: int) -> object:
            # Bare rows: building 20 objects, which the other two shapes pay for, is left out in its favour.
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT p.*, b.summary, b.date FROM wagtailcore_page p JOIN bench_base b ON b.page_ptr_id = p.id "
                    "WHERE p.live ORDER BY b.date DESC LIMIT 20 OFFSET %s",
                    [start],
                )
                return cursor.fetchall()

        def registry(start: int) -> object:
            return list(ItemRef.objects.shown().in_language("ar")[start : start + 20])

        for name, read in (("abstract", abstract), ("concrete", concrete), ("registry", registry)):
            for page in (1, 50):
                work = partial(read, (page - 1) * 20)
                params = {"items": 20_000, "page": page, "database": vendor, "queries": queries(work)}
                yield Measure(f"base_page.{name}", median_ms(work), "ms", params)
