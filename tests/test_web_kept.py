"""Answers that are kept: shared by those who ask at once, never from before what people did, and news told in time."""

from __future__ import annotations

import asyncio

from situate.store.changes import Revision
from situate.web.kept import FRESH, RENEWED, Answer, Keeper
from situate.web.limits import Limit
from situate.web.live import News

ONE, REPORT_MORE, ACT_MORE = Revision(1, 1), Revision(2, 1), Revision(3, 2)


class Maker:
    """Makes an answer, and counts how often."""

    def __init__(self, status: int = 200, seconds: float = 0.05) -> None:
        self.made, self.status, self.seconds = 0, status, seconds

    async def __call__(self) -> Answer:
        self.made += 1
        await asyncio.sleep(self.seconds)
        return Answer(self.status, [], f"answer {self.made}".encode())


def test_many_who_ask_at_once_are_given_one_answer() -> None:
    async def ask() -> None:
        keeper, make = Keeper(), Maker()
        answers = await asyncio.gather(*(keeper.answer("x", ONE, make) for _ in range(20)))
        assert make.made == 1
        assert {answer.body for answer in answers} == {b"answer 1"}
        assert len({answer.tag for answer in answers}) == 1

    asyncio.run(ask())


def test_new_reports_may_show_late_and_what_people_do_at_once() -> None:
    async def ask() -> None:
        keeper, make = Keeper(), Maker()
        await keeper.answer("x", ONE, make)
        assert (await keeper.answer("x", REPORT_MORE, make)).body == b"answer 1"
        assert 0 < keeper.stale() <= FRESH * RENEWED + 1
        assert (await keeper.answer("x", ACT_MORE, make)).body == b"answer 2"

    asyncio.run(ask())


def test_nobody_waits_for_an_answer_that_is_made_anew() -> None:
    async def ask() -> None:
        now = [0.0]
        keeper, make = Keeper(clock=lambda: now[0]), Maker()

        async def half_a_second() -> Answer:
            now[0] += 0.5
            return await make()

        await keeper.answer("x", ONE, half_a_second)
        now[0] += FRESH + 1
        old = [await keeper.answer("x", REPORT_MORE, half_a_second) for _ in range(3)]
        assert {answer.body for answer in old} == {b"answer 1"} and make.made == 1
        while make.made < 2 or (await keeper.answer("x", REPORT_MORE, half_a_second)).body != b"answer 2":
            await asyncio.sleep(0.01)
        assert make.made == 2
        now[0] += FRESH * RENEWED
        assert (await keeper.answer("x", ACT_MORE, half_a_second)).body == b"answer 3"

    asyncio.run(ask())


def test_who_asks_after_an_act_is_not_given_what_was_begun_before() -> None:
    async def ask() -> None:
        keeper, make = Keeper(), Maker()
        before, after = await asyncio.gather(keeper.answer("x", ONE, make), keeper.answer("x", ACT_MORE, make))
        assert (before.body, after.body) == (b"answer 1", b"answer 2")

    asyncio.run(ask())


def test_an_error_is_not_kept_and_keeps_nobody_waiting() -> None:
    async def fail() -> Answer:
        raise OSError

    async def ask() -> None:
        keeper, make = Keeper(), Maker(404, 0)
        for _ in range(2):
            await keeper.answer("x", ONE, make)
        assert make.made == 2
        failed = await asyncio.gather(*(keeper.answer("y", ONE, fail) for _ in range(3)), return_exceptions=True)
        assert [type(each) for each in failed] == [OSError] * 3

    asyncio.run(ask())


def test_news_waits_until_no_older_answer_is_given() -> None:
    news = News()
    assert news.told(ONE, {"reports": 1}, 60) == {"reports": 1}
    assert news.told(REPORT_MORE, {"reports": 2}, 60) is None
    assert news.told(REPORT_MORE, None, 0) == {"reports": 2}
    assert news.told(ACT_MORE, {"reports": 2, "decisions": 1}, 60) == {"reports": 2, "decisions": 1}


def test_a_limit_refills_by_itself() -> None:
    limit = Limit(burst=2, rate=1000)
    assert [limit.wait("a") > 0 for _ in range(2)] == [False, False]
    slow = Limit(burst=1, rate=0.001)
    assert slow.wait("a") == 0
    assert slow.wait("a") > 900
    assert slow.wait("b") == 0
