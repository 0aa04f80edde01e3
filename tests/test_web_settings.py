"""Settings by the page: accounts, tokens, what readers see; and reports that are added by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsed import chromium, shown  # noqa: F401  # fixtures
from served import READING, answered, until
from web_store import EVERYTHING, made

from situate import people
from situate.store import Store
from situate.store.veiled import rules
from situate.web import make_app

WORDS = "a long pass phrase"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(str(made(tmp_path_factory.mktemp("settings") / "test.db"))) as store:
        yield store


@pytest.fixture(scope="module")
def place(store: Store, quick_passwords: None) -> Iterator[str]:
    people.add(store, "mona", "admin", WORDS)
    people.add(store, "rami", "reader", WORDS)
    with answered(make_app(store, single=False)) as address:
        yield address


def _logged_in(chromium: Any, place: str, name: str) -> Any:  # noqa: F811
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{place}/?view=settings")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", WORDS)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".settings")
    return page


def test_an_admin_makes_accounts_and_rules_by_the_page(chromium: Any, place: str, store: Store) -> None:  # noqa: F811
    page = _logged_in(chromium, place, "mona")
    accounts = page.locator(".panel:has(h2:text('Accounts'))")
    accounts.locator("input[name=name]").fill("omar")
    accounts.locator("input[name=password]").fill(WORDS)
    accounts.locator("button:has-text('Make the account')").click()
    page.wait_for_selector("td:has-text('omar')")
    page.select_option("select[name=omar]", "reviewer")
    page.wait_for_selector("#notice:has-text('omar is reviewer')")
    accounts.locator("button:has-text('Close omar')").click()
    page.wait_for_selector("#notice:has-text('log in any more')")
    seen = page.locator(".panel:has(h2:text('What readers see'))")
    seen.locator("input[value=relations]").check()
    seen.locator("textarea[name=actors]").fill("Turkey\n")
    seen.locator("input[name=cell]").fill("0.5")
    seen.locator("button:has-text('Let these rules hold')").click()
    page.wait_for_selector("#notice:has-text('hold from now on')")
    page.close()
    accounts_now = {p.name: (p.role, p.active) for p in people.people(store)}
    assert accounts_now["omar"] == ("reviewer", False)
    assert (rules(store).layers, rules(store).actors, rules(store).cell) == (("relations",), ("Turkey",), 0.5)


def test_a_token_is_shown_once_and_can_be_revoked(chromium: Any, place: str) -> None:  # noqa: F811
    page = _logged_in(chromium, place, "mona")
    tokens = page.locator(".panel:has(h2:text('Tokens for programs'))")
    tokens.locator("input[name=name]").fill("nightly")
    tokens.locator("button:has-text('Make a token')").click()
    page.wait_for_selector(".fresh code")
    secret = page.locator(".fresh code").inner_text()
    counts = f"{place}/api/counts"
    bearer = {"Authorization": f"Bearer {secret}"}
    context = chromium.new_context(extra_http_headers=bearer)
    assert context.request.get(counts).ok
    tokens.locator("button:has-text('Revoke nightly')").click()
    page.wait_for_selector("#notice:has-text('void')")
    assert context.request.get(counts).status == 401
    context.close()
    page.close()


def test_readers_find_neither_rules_nor_accounts_nor_a_way_to_add(chromium: Any, place: str) -> None:  # noqa: F811
    page = _logged_in(chromium, place, "rami")
    assert page.locator(".panel h2").all_inner_texts() == ["Your account", "Tokens for programs"]
    shown(page, place, "view=reports")
    page.wait_for_selector(".reports .row")
    assert page.locator(".adding").count() == 0
    page.close()


def test_reports_are_added_by_the_page_and_their_outcome_is_told(
    chromium: Any,  # noqa: F811
    place: str,
    store: Store,
    tmp_path: Path,
) -> None:
    (tmp_path / "nawa.txt").write_text("Rebels shelled Nawa on 2 July 2018 and killed five people, residents said.")
    (tmp_path / "scan.pdf").write_text("no text")
    page = _logged_in(chromium, place, "mona")
    shown(page, place, "view=reports")
    page.set_input_files(".drop input", [str(tmp_path / "nawa.txt"), str(tmp_path / "scan.pdf")])
    page.wait_for_selector(".uploads .failed:has-text('not a kind of file that is read')")
    page.click("summary:has-text('Paste a text')")
    page.fill(".adding textarea", "The army captured Saida on 3 July 2018, a spokesman said.")
    page.fill(".adding input[name=title]", "Saida taken")
    page.click("button:has-text('Add it')")
    for name in ("nawa.txt", "Saida taken"):
        page.wait_for_selector(f".uploads li:has-text('{name}'):has-text('1 read')", timeout=READING * 1000)
    until(page, f"document.getElementById('counts').textContent.includes('{EVERYTHING + 2} reports')")
    page.close()
    assert store.count() == EVERYTHING + 2
