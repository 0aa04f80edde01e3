"""Plain text: unchanged, with its furniture marked and its metadata taken from what it says."""

from __future__ import annotations

import pytest

from situate.contract import Report
from situate.intake import IntakeError, report_from_text
from situate.intake.dates import date_line, dateline, full_date, iso_date

BODY = (
    "The army took the ridge above Marat on Tuesday after two days of shelling, said officials in the capital.\n"
    "\n"
    "By late July most families had left, and a local council said that 300 people were waiting at the crossing.\n"
)
PAGE = f"""Army takes ridge above Marat

By Jane Roe and John al-Doe
24 July 2018

{BODY}
Source: The Hill Courier

Similar Posts

Convoy reaches the north after a week
Talks resume over the eastern crossing

Leave a Reply

Your email address will not be published. Required fields are marked *
"""


def furniture(report: Report) -> dict[str, str]:
    return {f.text: f.kind for f in report.furniture}


def test_a_page_as_text() -> None:
    report = report_from_text(PAGE)
    assert report.text == PAGE
    assert report.title == "Army takes ridge above Marat"
    assert report.byline == "Jane Roe and John al-Doe"
    assert report.republished_from == "The Hill Courier"
    assert report.published == "2018-07-24"
    assert report.language == "en"
    assert furniture(report) == {
        "By Jane Roe and John al-Doe": "byline",
        "24 July 2018": "other",
        "Source: The Hill Courier": "source",
        "Similar Posts": "related",
        "Convoy reaches the north after a week": "related",
        "Talks resume over the eastern crossing": "related",
        "Leave a Reply": "comments",
        "Your email address will not be published. Required fields are marked *": "comments",
    }


def test_windows_line_ends_change_nothing() -> None:
    report = report_from_text(PAGE.replace("\n", "\r\n"))
    assert furniture(report) == furniture(report_from_text(PAGE))
    assert report.title == "Army takes ridge above Marat"
    assert all(report.text[f.start : f.end] == f.text for f in report.furniture)


def test_what_is_given_stands() -> None:
    report = report_from_text(
        PAGE, id="x", title="Given", published="2018-07-25T08:00:00Z", publisher="Someone", url="u"
    )
    assert (report.id, report.title, report.published) == ("x", "Given", "2018-07-25")
    assert (report.publisher, report.url) == ("Someone", "u")


@pytest.mark.parametrize(
    "line",
    [
        "By early July the town was empty and the road to the north was closed.",
        "By Tuesday evening, three villages had fallen",
        "By July 2018 the pocket was gone",
        "Source of the fire was not known",
        "Comments by the minister drew protests across the south.",
        "Related violence killed two people in the market.",
        "Notes found on the body named three officers.",
        "Read the statement and decide, the governor told them.",
        "Home was a tent in the hills for six months, she said.",
        "More than 300 families left the town before dawn.",
        "Photographs of the base show damage to two hangars.",
        "Share of the harvest went to the front.",
    ],
)
def test_running_text_is_no_furniture(line: str) -> None:
    for text in (f"{line}\n\n{BODY}", f"{BODY}\n{line}\n\n{BODY}", f"{BODY}\n{line}"):
        assert report_from_text(text).furniture == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this:", "share"),
        ("Facebook | Twitter | WhatsApp", "share"),
        ("Click to share on Telegram (Opens in new window)", "share"),
        ("Advertisement", "other"),
        ("READ MORE: Convoy reaches the north after a week", "related"),
        ("© 2018 The Hill Courier. All rights reserved.", "other"),
        ("Photo: Jane Roe / Hill Agency", "other"),
        ("Home » World » Middle East", "menu"),
        ("Home | News | Sport | Contact us", "menu"),
        ("Skip to content", "menu"),
        ("Sign up for our weekly newsletter", "other"),
        ("Save my name, email, and website in this browser for the next time I comment.", "comments"),
    ],
)
def test_unmistakable_lines_are_furniture_wherever_they_stand(line: str, kind: str) -> None:
    for text in (f"{line}\n\n{BODY}", f"{BODY}\n{line}\n\n{BODY}", f"{BODY}\n{line}"):
        assert furniture(report_from_text(text)) == {line: kind}


@pytest.mark.parametrize(
    ("line", "byline", "source"),
    [
        ("By Jane Roe", "Jane Roe", None),
        ("by JANE ROE, Middle East correspondent", "JANE ROE", None),
        ("Written by Jane Roe | 3 July 2018", "Jane Roe", None),
        ("By The Associated Press", "The Associated Press", None),
        ("**By Jane van der Roe**", "Jane van der Roe", None),
        ("Source: Hill Courier", None, "Hill Courier"),
        ("This article was originally published by The Hill Courier.", None, "The Hill Courier"),
        ("This story first appeared in The Hill Courier on 3 July 2018", None, "The Hill Courier"),
        ("Republished with permission from Hill Agency", None, "Hill Agency"),
    ],
)
def test_credits_become_metadata(line: str, byline: str | None, source: str | None) -> None:
    for text in (f"{line}\n\n{BODY}", f"{BODY}\n{line}\n"):
        report = report_from_text(text)
        assert (report.byline, report.republished_from) == (byline, source)
        assert [f.text for f in report.furniture] == [line]


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("MARAT (Reuters) – ", "Reuters"),
        ("MARAT, Syria (AP) — ", "AP"),
        ("(CNN) ", "CNN"),
        ("Marat (Reuters) ", None),  # in the midst of a sentence, for all that can be told
        ("MARAT (the capital) ", None),
    ],
)
def test_the_agency_of_a_dateline_is_the_publisher_or_the_origin(opening: str, agency: str | None) -> None:
    alone = report_from_text(opening + BODY)
    assert (alone.publisher, alone.republished_from) == (agency, None)
    elsewhere = report_from_text(opening + BODY, publisher="Hill Courier")
    assert (elsewhere.publisher, elsewhere.republished_from) == ("Hill Courier", agency)


def test_credits_in_the_midst_of_a_text_are_not_taken() -> None:
    text = f"{BODY}\n" * 6 + "Source: Hill Courier\n\n" + f"{BODY}\n" * 7
    assert report_from_text(text).republished_from is None


def test_a_name_above_an_agency_is_the_byline() -> None:
    report = report_from_text(f"Army takes ridge above Marat\n\nJane Roe\n\nThe Associated Press\n\n{BODY}")
    assert (report.byline, report.publisher) == ("Jane Roe", "The Associated Press")


def test_comments_run_to_the_end_of_the_page() -> None:
    comment = (
        "I was there and the army never took that ridge, whatever the officials in the capital may say about it now."
    )
    report = report_from_text(f"{BODY}\n3 Comments\n\nRoe says:\n{comment}\n")
    assert furniture(report) == {"3 Comments": "comments", "Roe says:": "comments", comment: "comments"}


def test_a_link_to_the_comments_at_the_top_takes_nothing_with_it() -> None:
    report = report_from_text(f"Army takes ridge above Marat\n\nLeave a comment\n\n{BODY}")
    assert furniture(report) == {"Leave a comment": "comments"}


def test_a_list_of_links_ends_where_the_text_goes_on() -> None:
    report = report_from_text(f"{BODY}\nRelated stories\n\nConvoy reaches the north\n\n{BODY}")
    assert furniture(report) == {"Related stories": "related", "Convoy reaches the north": "related"}


def test_references_of_an_encyclopedia_are_passed_over() -> None:
    report = report_from_text(f"{BODY}\n## References\n\nRoe, J. (2018). The ridge.\n")
    assert furniture(report) == {"## References": "other", "Roe, J. (2018). The ridge.": "other"}


MENUS = """Skip to content
Home
World
Middle East
Contact

Army takes ridge above Marat
Jane Roe in Sel
Tue 24 Jul 2018 10.15 BST
Last modified on Wed 25 Jul 2018
Shares
123

{body}
Tags
Marat
Previous article
Fuel shortage in the north
Share on Facebook
45
"""
UPDATE = """Flash update no. 3

Source
UN OCHA
Posted
24 Jul 2018

{body}
Attachments
Download PDF (1.2 MB)
"""
LETTER = """Subject: Army takes ridge above Marat
From: Hill Courier <news@example.org>
Date: Tue, 24 Jul 2018 10:15:00 +0000

{body}
--
Unsubscribe | View this email in your browser
"""
CHANNEL = """@hillcourier
Army takes ridge above Marat

{body}
https://example.org/hillcourier/123
#Marat #Sel
"""


@pytest.mark.parametrize(
    ("page", "title", "byline", "source"),
    [
        (MENUS, "Army takes ridge above Marat", "Jane Roe", None),
        (UPDATE, "Flash update no. 3", None, "UN OCHA"),
        (LETTER, "Army takes ridge above Marat", None, None),
        (CHANNEL, "Army takes ridge above Marat", None, None),
    ],
)
def test_pages_of_common_systems(page: str, title: str, byline: str | None, source: str | None) -> None:
    report = report_from_text(page.format(body=BODY))
    assert (report.title, report.byline, report.republished_from) == (title, byline, source)
    assert report.published == (None if page is CHANNEL else "2018-07-24")
    left = [line for line in report.text.splitlines() if line.strip() and line not in furniture(report)]
    assert [line for line in left if line != title] == [line for line in BODY.splitlines() if line]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Army takes ridge above Marat\n\n{BODY}", "Army takes ridge above Marat"),
        (f"# Army takes ridge\n\n{BODY}", "Army takes ridge"),
        (f"Who holds the ridge?\n\n{BODY}", "Who holds the ridge?"),
        (f"Army takes ridge | Hill Courier\n\n{BODY}", "Army takes ridge"),
        (BODY, None),
        ("The army took the ridge", None),
        ("The army on Tuesday took the ridge above\nMarat after two days of shelling,\nofficials said.", None),
        (f"The minister said:\n\n{BODY}", None),
    ],
)
def test_headlines(text: str, title: str | None) -> None:
    assert report_from_text(text).title == title


def test_the_outlet_after_a_headline_is_the_publisher() -> None:
    assert report_from_text(f"Army takes ridge | Hill Courier\n\n{BODY}").publisher == "Hill Courier"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("24 July 2018", "2018-07-24"),
        ("July 24th, 2018", "2018-07-24"),
        ("Tuesday, 24 July 2018, 10:30 GMT", "2018-07-24"),
        ("2018-07-24", "2018-07-24"),
        ("24.07.2018", "2018-07-24"),
        ("07/24/2018", "2018-07-24"),
        ("04/05/2018", None),  # April or May
        ("31 February 2018", None),
        ("July 2018", None),
        ("24 July 2018 was the day on which it ended", None),
    ],
)
def test_lines_that_are_dates(words: str, day: str | None) -> None:
    assert date_line(words) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("MARAT, 24 July 2018 (Hill Agency) – The army took the ridge.", "2018-07-24"),
        ("(Marat, July 24, 2018) – The army took the ridge.", "2018-07-24"),
        ("24 July 2018 The army took the ridge.", "2018-07-24"),
        ("Posted on July 24, 2018 by Jane Roe", "2018-07-24"),
        ("On 24 July 2018 the army took the ridge.", None),
        ("The army took the ridge on 24 July 2018 and left.", None),
        ("24 July 2018 saw the ridge fall.", None),
        ("Between 3 July 2018 and 24 July 2018 The army held it.", None),
    ],
)
def test_datelines(line: str, day: str | None) -> None:
    assert dateline(line) == day


def test_two_days_at_the_top_leave_the_date_open() -> None:
    assert report_from_text(f"Army takes ridge above Marat\n\n24 July 2018\n25 July 2018\n\n{BODY}").published is None


def test_the_day_of_an_update_is_not_the_day_of_publication() -> None:
    text = f"Army takes ridge above Marat\n\nPublished: 24 July 2018\nUpdated: 26 July 2018\n\n{BODY}"
    assert report_from_text(text).published == "2018-07-24"


def test_fields_with_dates() -> None:
    assert iso_date("2018-07-24T23:30:00+02:00") == "2018-07-24"
    assert iso_date("yesterday") is None
    assert full_date("between 3 July 2018 and 24 July 2018") is None


@pytest.mark.parametrize(
    "fields", [{"text": "half \ud800"}, {"text": "x", "title": "\udfff"}, {"text": "x", "id": "\ud800"}]
)
def test_half_characters_are_told(fields: dict[str, str]) -> None:
    with pytest.raises(IntakeError, match="half a character"):
        report_from_text(**fields)  # type: ignore[arg-type]


def test_a_date_that_is_none_is_told() -> None:
    with pytest.raises(IntakeError, match=r"published: 'soon' is not a date; write it as in 2018-07-24"):
        report_from_text("x", published="soon")
