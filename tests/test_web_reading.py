"""Reading and reviewing in a real browser: two clicks to the words, and decisions by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browsed import address, chromium, kept, page, shown  # noqa: F401  # fixtures
from served import until
from web_store import republished, whole

from situate.picture.keeping import keep_up
from situate.store import Store


def _decided(kept: Path) -> list[tuple[str, str]]:  # noqa: F811
    with Store.open(str(kept)) as store:
        return [(made.entry_key, made.decision) for made in store.decisions()]


def test_two_clicks_lead_from_an_entry_to_its_words_and_back(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=list&place=Daraa")
    page.click(".entry .link")
    page.wait_for_selector(".report .focus:has-text('shelled')")
    page.wait_for_selector(".reader-side .stands:has-text('single source')")
    assert "Told in 1 report." in page.locator(".reader-side .stands").inner_text()
    assert "entry=" in page.url
    page.reload()
    page.wait_for_selector(".report .focus:has-text('shelled')")
    page.click("text=Back")
    page.wait_for_selector("#view .cards .entry")


def test_words_lead_to_all_their_entries(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=agreements")
    page.click(".column .link")
    page.wait_for_selector(".report .badge")
    page.click(".report .hit:has-text('Turkey')")
    page.wait_for_selector(".reader-side .what:has-text('Actor: Turkey')")
    assert "Relation: " in page.locator(".reader-side").inner_text()
    page.click(".layers .chip:has-text('Actors')")
    assert page.locator(".report .w-actors").count() == 0


def test_a_republication_stands_beside_its_original(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    with Store.open(str(kept)) as store:
        store.add(republished(whole()))
        keep_up(store)
    shown(page, address, "view=agreements&source=Lantern")
    page.click(".column .link")
    page.click("text=All of this report")
    page.wait_for_selector(".reader-side:has-text('republication')")
    page.click(".around .link")
    page.wait_for_selector(".beside .report")
    assert page.locator(".report").count() == 2
    page.reload()
    page.wait_for_selector(".beside .report")


def test_the_marks_in_a_report_are_reached_by_keys(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=list&place=Daraa")
    page.click(".entry .link")
    page.focus(".report [data-keys][tabindex='0']")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(".reader-side .entry")


def test_review_by_keys_alone_is_kept(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    """One key a decision: 300 an hour are 300 keys, and the next entry is there at once."""
    shown(page, address, "view=list&type=ASSAULT")
    keys = [card.get_attribute("data-key") for card in page.locator(".entry").all()]
    before = len(_decided(kept))
    for key in "ja":
        page.keyboard.press(key)
    page.wait_for_selector(".entry.accepted")
    for key in "jr":
        page.keyboard.press(key)
    page.wait_for_selector(".entry.rejected")
    page.keyboard.press("z")
    until(page, "!document.querySelector('.entry.rejected')")
    assert _decided(kept)[before:] == [(keys[0], "accept"), (keys[2], "reject"), (keys[2], "undo")]
    page.reload()
    page.wait_for_selector(".entry.accepted")


def test_one_entry_after_the_other_without_a_mouse(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    shown(page, address, "view=review&layer=control")
    page.wait_for_selector(".only .entry:has-text('Saida')")
    assert "1 entry waiting" in page.locator("#view").inner_text()
    page.keyboard.press("n")
    page.wait_for_selector("text=left for later waits here")
    shown(page, address, "view=review&layer=events")
    page.wait_for_selector(".in-context")
    first = page.locator(".only .entry").get_attribute("data-key")
    page.keyboard.press("u")
    until(page, f"!document.querySelector('.only .entry[data-key=\"{first}\"]')")
    page.keyboard.press("z")
    until(page, f"!!document.querySelector('.only .entry[data-key=\"{first}\"]')")
    assert [made for made in _decided(kept) if made[0] == first][-2:] == [(first, "unsure"), (first, "undo")]


def test_a_field_is_corrected_by_keys(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    shown(page, address, "view=list&place=Idlib&type=ASSAULT")
    for key in "jc":
        page.keyboard.press(key)
    page.wait_for_selector("dialog#correct[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog#correct", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('entry')")
    page.keyboard.press("c")
    page.select_option("#correct select", "status")
    page.fill("#correct input[name=after]", "planned")
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry.corrected")
    with Store.open(str(kept)) as store:
        made = store.decisions()[-1]
    assert (made.field, made.before, made.after) == ("status", "actual", "planned")


def test_many_are_decided_on_only_where_they_are_shown(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    shown(page, address, "view=list&layer=relations")
    before = len(_decided(kept))
    page.click("text=Accept these")
    page.wait_for_selector("dialog#sure[open]")
    page.click("dialog#sure button:has-text('Yes')")
    page.wait_for_selector(".entry.accepted")
    assert all(decision == "accept" for _, decision in _decided(kept)[before:])
    assert len(_decided(kept)) - before == page.locator(".entry").count()
    page.click("#notice button")
    until(page, "!document.querySelector('.entry.accepted')")


def test_incidents_are_put_together_and_taken_apart_by_keys(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    shown(page, address, "view=incidents&type=ASSAULT")
    page.wait_for_selector(".grade:has-text('single source')")
    before = page.locator(".cards > .entry").count()
    for key in "js":
        page.keyboard.press(key)
    page.wait_for_selector("#notice:has-text('Choose')")
    for key in "js":
        page.keyboard.press(key)
    page.wait_for_selector("text=2 reports, 1 incident")
    assert page.locator(".cards > .entry").count() == before - 1
    page.click("summary:has-text('1 incident')")
    page.wait_for_selector("text=a person says so")
    page.click("text=Not the same incident")
    until(page, f"document.querySelectorAll('.cards > .entry').length === {before}")
    page.click("#notice button:has-text('Undo')")
    page.wait_for_selector("text=2 reports, 1 incident")
    with Store.open(str(kept)) as store:
        made = [(d.decision, d.field) for d in store.decisions()][-3:]
    assert made == [("accept", "incident"), ("reject", "incident"), ("undo", None)] or made[2][0] == "undo"


def test_a_reply_is_written_and_answered(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=review&layer=forecasts")
    page.wait_for_selector(".only .entry")
    page.keyboard.press("m")
    page.keyboard.type("Who is the <b>diplomat</b>?")
    page.click(".reply-form button")
    page.wait_for_selector(".said-words:has-text('<b>diplomat</b>')")
    page.click(".reply-list .link")
    page.fill(".reply-list textarea", "Not named.")
    page.click(".reply-list .reply-form button")
    page.wait_for_selector(".reply-list .reply-list .said-words:has-text('Not named.')")


def test_two_people_agree_or_not(page: Any, address: str) -> None:  # noqa: F811
    for name, query in (("Amal", ""), ("Basil", "&second=1")):
        shown(page, address, f"view=review&layer=agreements{query}")
        page.fill(".review-bar input", name)
        page.press(".review-bar input", "Enter")
        page.focus(".only .entry")
        page.keyboard.press("a")
        page.wait_for_selector("text=1 decision")
    shown(page, address, "view=review")
    page.wait_for_selector(".side:has-text('Amal, Basil')")
