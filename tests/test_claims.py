"""Claims: who says what, by which words, in which of the many ways that reports have."""

from __future__ import annotations

import pytest

from situate.contract import Claim, Picture, Report
from situate.knowledge.cues import cues
from situate.language import parse
from situate.language.document import Proposal, Role
from situate.reading import read_document
from situate.reading.attribution.quotes import quotations
from situate.reading.claims import ClaimReader


def claims(text: str) -> list[Claim]:
    """The claims of a text by the rules alone."""
    report = Report("r", text, published="2018-07-12")
    document = next(iter(parse([report], encode=False)))
    return list(ClaimReader().read(document, Picture(report)))


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    """(source, cue, content) of each claim."""
    return [(c.source and c.source.text, c.cue and c.cue.text, c.content.text) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The ministry said that two soldiers were killed near Tal Shihab.",
            "The ministry",
            "said",
            "that two soldiers were killed near Tal Shihab",
        ),
        (
            "The road is closed again, a resident of Nawa said.",
            "a resident of Nawa",
            "said",
            "The road is closed again",
        ),
        (
            "According to the monitoring group, the village changed hands twice.",
            "the monitoring group",
            "According to",
            "the village changed hands twice",
        ),
        (
            "Forty families left the town, according to a relief worker.",
            "a relief worker",
            "according to",
            "Forty families left the town",
        ),
        ("The general denied any role in the raid.", "The general", "denied", "any role in the raid"),
        (
            "The governor accused the militia of looting shops.",
            "The governor",
            "accused",
            "the militia of looting shops",
        ),
        (
            "Officials described the talks as a waste of time.",
            "Officials",
            "described",
            "the talks as a waste of time",
        ),
        ("The president believes the war is nearly won.", "The president", "believes", "the war is nearly won"),
        ("The commander vowed to retake the bridge.", "The commander", "vowed", "to retake the bridge"),
        (
            "Police rejected the claim that officers had opened fire.",
            None,
            "claim",
            "that officers had opened fire",
        ),
    ],
)
def test_ways_of_attribution(text: str, source: str | None, cue: str, content: str) -> None:
    assert (source, cue, content) in told(text)


def test_an_adverb_has_no_source_and_its_claim_is_anonymous() -> None:
    (claim,) = claims("The rebels reportedly entered the village from the north.")
    assert claim.source is None and claim.anonymous and claim.cue is not None
    assert claim.cue.text == "reportedly" and "entered the village" in claim.content.text


def test_a_passive_takes_its_subject_as_content() -> None:
    (claim,) = claims("Three convoys were reported to have crossed the river.")
    assert claim.source is None and claim.content.text.startswith("Three convoys")


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman declined to say whether the road was open.",
        "He did not say when the buses would leave.",
        "The army entered the village at dawn.",
        "The war has claimed thousands of lives.",
        "Tell the driver to wait.",
    ],
)
def test_the_reports_own_voice_and_what_nobody_said(text: str) -> None:
    assert claims(text) == []


def test_each_sentence_of_a_quotation_is_a_claim_of_the_same_source() -> None:
    text = (
        '"We will stay. The town is ours. Nobody takes it from us," the commander said. "Not even the army takes it."'
    )
    found = claims(text)
    assert [c.content.text.strip('"') for c in found] == [
        "We will stay.",
        "The town is ours.",
        "Nobody takes it from us,",
        "Not even the army takes it.",
    ]
    assert {c.source.text for c in found if c.source} == {"the commander"}
    assert {c.kind for c in found} == {"direct"}


def test_a_word_or_two_of_a_quotation_belong_to_the_sentence_beside_them() -> None:
    found = claims('"We held the bridge all night," the commander said. "Not easily. But it is ours now. For good."')
    assert [c.content.text.strip('"') for c in found] == [
        "We held the bridge all night,",
        "Not easily. But it is ours now. For good.",
    ]


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = 'The mayor said:\n\n"The water is gone.\n\n"The wells are dry too."\n\nThe army made no comment.'
    found = claims(text)
    assert [c.content.text for c in found] == ['"The water is gone.', '"The wells are dry too."']


def test_a_statement_printed_without_marks() -> None:
    text = "The minister said:\n\nThis is a good day. The town is free.\n\nWe thank our allies."
    assert [c.content.text for c in claims(text)] == [
        "This is a good day.",
        "The town is free.",
        "We thank our allies.",
    ]


def test_kinds_of_claim() -> None:
    mixed, direct, indirect = (
        claims(text)[0].kind
        for text in (
            'The envoy said the offer was "an insult to the dead".',
            '"The offer is an insult," the envoy said.',
            "The envoy said the offer was an insult.",
        )
    )
    assert (mixed, direct, indirect) == ("mixed", "direct", "indirect")


def test_nested_claims_point_to_the_one_around_them() -> None:
    outer, inner = claims("The minister said the rebels had claimed that the bridge was theirs.")
    assert inner.within == outer.id and outer.within is None
    assert inner.source is not None and inner.source.text == "the rebels"


def test_a_participle_goes_on_with_the_speaker() -> None:
    found = claims("The ministry said the shelling killed two people, adding that the road was closed.")
    assert [c.source.text for c in found if c.source] == ["The ministry", "The ministry"]
    assert found[0].content.text == "the shelling killed two people"


def test_who_is_cited_says_so_too() -> None:
    found = claims("The agency, citing two officials, reported that the convoy was attacked.")
    assert {c.source.text for c in found if c.source} == {"The agency", "two officials"}


@pytest.mark.parametrize(
    ("text", "kind", "anonymous"),
    [
        ("A doctor at the field hospital said three people died.", "medic", True),
        ("A witness said the market burned.", "eyewitness", True),
        ("A monitoring group said the village fell.", "monitor", False),
        ("An army officer said the village fell.", "military", True),
        ("A rebel fighter said the village fell.", "armed_group", True),
        ("The police said the village fell.", "police", False),
        ("State television said the village fell.", "media", False),
        ("A government official said the village fell.", "official", True),
        ("Sources close to the president said the village fell.", "official", True),
        ("Residents said the village fell.", "resident", True),
        ("The president said the village fell.", "official", False),
        ("It was reported that the village fell.", "anonymous", True),
        ("Kenya's Prime Minister said the road was open.", "official", False),
    ],
)
def test_kinds_of_sources(text: str, kind: str, anonymous: bool) -> None:
    claim = claims(text)[0]
    assert (claim.source_kind, claim.anonymous) == (kind, anonymous)


def test_a_pronoun_source_resolves_to_its_actor_and_events_point_to_their_claim() -> None:
    report = Report(
        "r", "Sergei Lavrov arrived in Amman. He said Turkey had shelled the town of Afrin.", published="2018-02-01"
    )
    picture = read_document(next(iter(parse([report], encode=False))))
    claim = next(c for c in picture.claims if c.source and c.source.text == "He")
    names = {a.id: a.name for a in picture.actors}
    assert claim.actor is not None and "Lavrov" in names[claim.actor]
    shelled = next(e for e in picture.events if e.trigger.text == "shelled")
    assert shelled.claim == claim.id


def test_offsets_are_of_the_report() -> None:
    text = "KHARKIV — “We heard it twice,” a neighbour said.\n\nDas Dorf fiel, said the mayor, “wie erwartet”."
    for claim in claims(text):
        for span in (claim.content, claim.cue, claim.source):
            assert span is None or text[span.start : span.end] == span.text


def test_single_and_unclosed_marks() -> None:
    report = Report(
        "r", "He called it 'a great day'. It's the army's town.\n\n\"It isn't over. \n\nNothing more was said."
    )
    document = next(iter(parse([report], encode=False)))
    assert [report.text[a:b].strip() for a, b in quotations(document)] == ["'a great day'", "\"It isn't over."]


def test_a_cue_that_the_model_tags_is_joined_with_its_source_and_content() -> None:
    report = Report("r", "The council lambasted the new border fees.")
    document = next(iter(parse([report], encode=False)))
    source, content = Role("source", 0, 11, 0.9), Role("content", 22, 41, 0.9)
    document.sentences[0].proposals = (Proposal("claims", "indirect", 12, 21, 0.9, (source, content)),)
    (claim,) = ClaimReader().read(document, Picture(report))
    assert (claim.source and claim.source.text, claim.cue and claim.cue.text, claim.content.text) == (
        "The council",
        "lambasted",
        "the new border fees",
    )


def test_the_lexicon_says_what_each_verb_takes() -> None:
    said, accused = cues().verbs["say"], cues().verbs["accuse"]
    assert said.may("clause") and said.may("quote") and not said.may("of")
    assert accused.may("of") and not accused.may("clause")


def test_a_quotation_that_a_colon_opens_belongs_to_the_one_before_it() -> None:
    found = claims('The governor was blunt: "The road stays closed until the shelling stops."')
    assert [(c.source and c.source.text, c.cue and c.cue.text, c.kind) for c in found] == [
        ("The governor", ":", "direct")
    ]


def test_the_model_may_see_no_attribution_where_a_rule_does() -> None:
    report = Report("r", "The council said the fees were new. The album says a lot.")
    document = next(iter(parse([report], encode=False)))
    document.sentences[0].proposals = (Proposal("claims", "indirect", 12, 16, 0.9, (Role("source", 0, 11, 0.9),)),)
    (claim,) = ClaimReader().read(document, Picture(report))
    assert claim.cue is not None and claim.cue.start == 12


def test_a_sentence_before_a_semicolon_is_nobody_s_denial() -> None:
    assert not told("Ankara attacked the rebels; Damascus denies it.")
