"""Fields of pages: tests/fields/pages.jsonl through Python and the command line; tests/it/page_fields.rs has them in Rust."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from typing import Any

import copydesk
import pytest
from conftest import ROOT

STORY = (
    "<p>The tunnel under the harbour will close on Monday for at least a month, the city said on Friday.</p>"
    "<p>Engineers found cracks in three of the four pumps last week, and the mayor said that nobody wanted to wait for the "
    "fourth.</p><p>The ferries will run every ten minutes until the tunnel is open again, she told reporters.</p>"
)
CASES = [json.loads(line) for line in (ROOT / "tests" / "fields" / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
PARAMS = [
    pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(strict=True)] if "known" in case else []) for case in CASES
]


def page_of(case: dict[str, Any]) -> str:
    body = case["body"].replace("{story}", STORY)
    return f"<!DOCTYPE html><html{case.get('html', '')}><head>{case['head']}</head><body>{body}</body></html>"


def found(document: copydesk.Document, want: dict[str, Any]) -> dict[str, Any]:
    byline, published, updated = document.byline, document.published, document.updated
    values = {
        "title": document.title,
        "deck": document.deck,
        "byline": byline and byline.text,
        "people": [person.name for person in byline.people] if byline else [],
        "agencies": byline.agencies if byline else [],
        "published": published and published.iso,
        "updated": updated and updated.iso,
        "site": document.site,
        "lang": document.lang,
        "url": document.url,
        "section": document.section,
        "tags": document.tags,
        "image": document.image,
        "sources": {name: document.sources.get(name) for name in want.get("sources", {})},
    }
    return {key: values[key] for key in want}


@pytest.mark.parametrize("case", PARAMS)
def test_fields_of_pages(case: dict[str, Any]) -> None:
    document = copydesk.clean_html(page_of(case), url=case.get("url"))
    assert found(document, case["want"]) == case["want"]


def test_a_pickle_and_json_say_the_same() -> None:
    for case in CASES:
        document = copydesk.clean_html(page_of(case), url=case.get("url"))
        again = pickle.loads(pickle.dumps(document))
        assert again == document == copy.copy(document)
        assert again.sources == document.sources
        written = document.to_dict()
        assert written == json.loads(document.to_json())
        for key in ("title", "site", "deck", "lang", "url", "section", "tags", "image", "sources"):
            assert written[key] == getattr(document, key), (case["name"], key)


def test_documents_differ_by_what_pages_say() -> None:
    one, other = (copydesk.clean_html(f"<meta name=author content='{name}'><p>It rained.</p>") for name in ("Nora Quill", "Tom Berg"))
    assert one != other
    assert one.text == other.text


def test_sources_are_of_fields_that_were_found() -> None:
    assert copydesk.clean("").sources == {}
    assert copydesk.clean("12", title="Tunnel closes", lang="en").sources == {"title": "given", "lang": "given"}


def test_the_command_shows_where_fields_are_from(tmp_path: Any) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<meta name=author content='Nora Quill'><meta property='article:section' content='Harbour'><h1>Tunnel closes for a month</h1>" + STORY,
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "copydesk", "inspect", "--wrap", str(page)]
    shown = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert "byline     Nora Quill (meta)" in shown
    assert "section    Harbour (meta)" in shown
    assert "title      Tunnel closes for a month\n" in shown
