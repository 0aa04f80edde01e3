"""What reports tell of forecasts, kept up as reports come and go, in any order.

A report is looked at for the questions that forecasts ask (`clues.Question`) where it has a mark in common with them: a
name with a kind of change told beside it. A new question is put to the reports that are there, a new report is looked
at for the questions that are there, each within the days in which it tells of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, update

from situate.picture.clues import Question, Sentence, hints, marks_of, sentences
from situate.picture.grouping import Block
from situate.picture.settling import foretold
from situate.store import derived_tables as tables
from situate.store.asking import asking_through
from situate.store.bulk import ask_for, delete_rows, insert
from situate.store.sql import any_of, sql
from situate.store.store import Kept, unpacked

_TABLES = (tables.questions, tables.question_marks, tables.report_marks, tables.asked, tables.clues)
_FORETELL = "SELECT DISTINCT report_id FROM entries WHERE layer = 'forecasts' AND report_id IN (?)"
_FORECASTS = "SELECT key, id FROM entries WHERE layer = 'forecasts' AND report_id IN (?)"
_ASKED = """SELECT DISTINCT marks.question_id FROM question_marks marks
    JOIN questions ON questions.id = marks.question_id WHERE marks.mark IN (?)"""
_AT_ONCE = 500
Span = tuple[str, str]  # the first and the last day (ISO)


def forget_fates(connection: Connection) -> None:
    """Take all of it out."""
    for table in _TABLES:
        connection.execute(delete(table))


def keep_fates(connection: Connection, numbers: Collection[int]) -> None:
    """Bring it up to date where reports with these numbers came or went."""
    if numbers:
        _Keeping(connection).run(sorted(numbers))


@dataclass(frozen=True, slots=True)
class _Report:
    """A report with its day and its sentences."""

    number: int
    day: str
    told: Sequence[Sentence]

    @property
    def marks(self) -> list[int]:
        """The digests of its marks."""
        return sorted({_digest(mark) for mark in marks_of(self.told)})


class _Keeping:
    """One run."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.asked = asking_through(connection)
        self.questions: dict[int, Question] = {}

    def run(self, numbers: Sequence[int]) -> None:
        """All of it."""
        self._take_out(numbers)
        reports = self._reports(numbers)
        for report in reports:
            rows = [{"mark": mark, "day": report.day, "report_id": report.number} for mark in report.marks]
            insert(self.connection, tables.report_marks, rows)
        todo: dict[int, set[int]] = defaultdict(set)  # reports, and the questions that they are looked at for
        for question, spans in self._asked_by(numbers).items():
            for number in self._near(question, spans):
                todo[number].add(question)
        for report in reports:
            todo[report.number] |= self._questions_near(report)
        there = {report.number: report for report in reports}
        there |= {r.number: r for r in self._reports(sorted(set(todo) - set(there)))}
        self._look([(there[number], sorted(asked)) for number, asked in sorted(todo.items()) if number in there])

    def _take_out(self, numbers: Sequence[int]) -> None:
        """Forget what reports told and asked, and the questions that nobody asks any more."""
        for name in ("report_marks", "clues"):
            table = tables.metadata.tables[name]
            delete_rows(self.connection, table, ("report_id",), [(n,) for n in numbers])
        before = {q for (q,) in ask_for(self.asked, "SELECT question_id FROM asked WHERE report_id IN (?)", numbers)}
        delete_rows(self.connection, tables.asked, ("report_id",), [(n,) for n in numbers])
        still = ask_for(self.asked, "SELECT DISTINCT question_id FROM asked WHERE question_id IN (?)", sorted(before))
        gone = sorted(before - {q for (q,) in still})
        marks = self._marks(self._load(gone).items())
        delete_rows(self.connection, tables.question_marks, ("mark", "question_id"), marks)
        delete_rows(self.connection, tables.questions, ("id",), [(q,) for q in gone])
        delete_rows(self.connection, tables.clues, ("question_id",), [(q,) for q in gone])

    def _reports(self, numbers: Sequence[int]) -> list[_Report]:
        """Those of these reports that are there and have a day."""
        query = "SELECT id, day, text, furniture FROM reports WHERE id IN (?) AND day <> ''"
        return [
            _Report(number, day, sentences(text, [(f["start"], f["end"]) for f in json.loads(furniture)]))
            for number, day, text, furniture in ask_for(self.asked, query, numbers)
        ]

    def _asked_by(self, numbers: Sequence[int]) -> dict[int, list[Span]]:
        """Keep what the forecasts of reports ask; gives the questions, and the days for which each is new."""
        foretell = [n for (n,) in ask_for(self.asked, _FORETELL, numbers)]
        query = "SELECT id, key, added_at, picture FROM reports WHERE id IN (?) AND day <> ''"
        entries = dict(ask_for(self.asked, _FORECASTS, foretell))
        new: dict[int, list[Span]] = defaultdict(list)
        rows = []
        for number, key, added_at, picture in ask_for(self.asked, query, foretell):
            for f in foretold(Kept(key, added_at, unpacked(picture))):
                question = self._question(f.asks, (f.day, f.last), new)
                rows.append({"entry_id": entries[f.key], "report_id": number, "question_id": question})
        delete_rows(self.connection, tables.asked, ("entry_id",), [(row["entry_id"],) for row in rows])
        insert(self.connection, tables.asked, rows)
        return new

    def _question(self, asks: Question, days: Span, new: dict[int, list[Span]]) -> int:
        """The number of a question, which is kept, and asked of these days from now on."""
        known = self.asked.tuples(sql("SELECT id, first, last FROM questions WHERE key = ?", asks.key))
        if not known:
            number = self.asked.number(sql("SELECT coalesce(max(id), 0) + 1 FROM questions"))
            body = json.dumps(asks.to_dict(), ensure_ascii=False, sort_keys=True)
            row = {"id": number, "key": asks.key, "first": days[0], "last": days[1], "body": body}
            insert(self.connection, tables.questions, [row])
            marks = [{"mark": m, "question_id": q} for m, q in self._marks([(number, asks)])]
            insert(self.connection, tables.question_marks, marks)
            new[number].append(days)
            return number
        ((number, first, last),) = known
        if days[0] < first or days[1] > last:
            new[number] += [(days[0], first)] * (days[0] < first) + [(last, days[1])] * (days[1] > last)
            this = update(tables.questions).where(tables.questions.c.id == number)
            self.connection.execute(this.values(first=min(first, days[0]), last=max(last, days[1])))
        return int(number)

    @staticmethod
    def _marks(asked: Iterable[tuple[int, Question]]) -> list[tuple[int, int]]:
        return sorted({(_digest(mark), number) for number, question in asked for mark in question.marks()})

    def _near(self, question: int, spans: Sequence[Span]) -> set[int]:
        """The reports of some days that have a mark of a question."""
        marks = [mark for mark, _ in self._marks([(question, self._load([question])[question])])]
        days = any_of(sql("day >= ? AND day <= ?", *span) for span in spans)
        query = sql("SELECT report_id FROM report_marks WHERE mark IN (?) AND (?)", marks, days)
        return {number for (number,) in self.asked.tuples(query)}

    def _questions_near(self, report: _Report) -> set[int]:
        """The questions, asked of the day of a report, that have a mark of it."""
        marks, found = report.marks, set[int]()
        for n in range(0, len(marks), _AT_ONCE):
            of_day = "questions.first <= ? AND questions.last >= ?"
            query = sql(f"{_ASKED} AND {of_day}", marks[n : n + _AT_ONCE], report.day, report.day)
            found |= {question for (question,) in self.asked.tuples(query)}
        return found

    def _look(self, todo: Sequence[tuple[_Report, Sequence[int]]]) -> None:
        """Look at reports for what they tell of questions, and keep it."""
        questions = self._load({question for _, asked in todo for question in asked})
        rows = []
        for report, asked in todo:
            for number in asked:
                for hint in hints(questions[number], report.told):
                    body = json.dumps(asdict(hint), ensure_ascii=False, sort_keys=True)
                    start = hint.words.start
                    rows.append({"question_id": number, "report_id": report.number, "start": start, "body": body})
        keys = [(row["question_id"], row["report_id"], row["start"]) for row in rows]
        delete_rows(self.connection, tables.clues, ("question_id", "report_id", "start"), keys)
        insert(self.connection, tables.clues, rows)

    def _load(self, numbers: Collection[int]) -> Mapping[int, Question]:
        """Questions by their numbers."""
        missing = sorted(n for n in numbers if n not in self.questions)
        for number, body in ask_for(self.asked, "SELECT id, body FROM questions WHERE id IN (?)", missing):
            self.questions[number] = Question.from_dict(json.loads(body))
        return {n: self.questions[n] for n in numbers}


def _digest(mark: str) -> int:
    return Block.of("mark", mark).number
