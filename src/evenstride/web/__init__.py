"""The whole loop in a browser on one's own machine: parse, call a service, answer. It decides nothing.

How a page is added:

1. ``pages/NAME.py`` holds ``router`` and its handlers: plain ``def``, one per address. What they need they ask for by
   the aliases of ``home.py``: ``here: HomeHere`` (the athlete's open home), ``site: SiteHere`` (settings, clock).
2. A handler calls one service and answers with ``page(request, "NAME.html", …)``, with ``part(request, "parts/X.html",
   …)`` where htmx asked for a piece, or with ``done(request, "/address")`` after a change. It catches no
   ``EvenstrideError``: ``answers.py`` turns each into a sentence and a status.
3. ``templates/NAME.html`` extends ``base.html`` and imports macros from ``parts/``: chip, number, sides, card, field,
   empty, picture. Every form holds ``{{ form_token() }}``; what changes something is a POST.
4. Every English text stands in ``texts/en/NAME.toml`` and is asked for as ``{{ t("NAME.key", value=…) }}``.
   A sentence of the core goes through the filters of ``filters.py`` (``begun``, ``dated``, ``ruled``) and, where it may
   name a command, through ``paged`` (``doors.py``): a page names pages.
5. Style that only this page needs is ``static/NAME.css``, a script ``static/NAME.js`` (a module): both named in the
   template's ``head`` block by ``static("…")``. No inline script, no style attribute, no ``on…`` attribute.
6. Quantities are written in metric units; ``answers.render`` turns the page over for who counts otherwise. What people
   typed is marked ``translate="no"``; a field in a unit names it by ``sign("mass")`` and reads it by ``from_typed``.
7. One line in ``app.PAGES``, and tests in ``tests/web/test_NAME.py``: the answers by ``client``, the page in a browser
   by ``open_page`` (console errors, breaches of the policy and axe are looked at there), the queries by
   ``assert_queries``.
"""
