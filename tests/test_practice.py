"""Practice: every kind of problem draws kind numbers, and sittings go as they should."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from utils import bank, questions
from utils.checks import (
    MISTAKES,
    Array,
    Choice,
    Formula,
    Number,
    Outcome,
    Rival,
    progress,
    schedule,
    store,
)
from utils.checks.feedback import to_html
from utils.checks.judge import judge
from utils.numerals import number as as_read
from utils.practice import panel, session, solved
from utils.practice.results import after_checkpoint
from utils.practice.session import OVER, RIGHT, SHOWN, Chapter, Queue, Result, Session, due, mixed
from utils.practice.shown import Arrow, Contours, Graph, Line, Panels, Point, Table
from utils.practice.svg import as_html
from utils.practice.template import (
    LEVELS,
    Draw,
    Drawn,
    Problem,
    Template,
    draw,
    faults,
    given,
    is_kind,
)
from utils.practice.writing import code, total

DRAWS = 1000
TEMPLATES = {template.id: template for template in bank.all_templates()}
TODAY = date(2030, 1, 31)
TALKS_DOWN = re.compile(r"\b(simply|obviously|just)\b")


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    path = tmp_path / "progress.json"
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(path))
    return path


def typed(answer, value=None) -> str:
    """What a learner types to give `value`, or the truth."""
    value = answer.truth if value is None else value
    match answer:
        case Array():
            return ", ".join(as_read(v, digits=12) for v in value)
        case Number():
            return as_read(value, digits=12)
    return str(value)


def styles(answer) -> list[str]:
    """The right answer, typed in several ways."""
    plain = typed(answer)
    match answer:
        case Number():
            return [plain, plain.replace("−", "-"), f" {plain} ", f"2*{answer.truth!r}/2"]
        case Array():
            return [plain, f"[{plain}]", plain.replace(", ", ";"), f"({plain})"]
        case Formula():
            tight = plain.replace(" ", "")
            return [plain, f"({tight})*1", f"{plain} + 0", tight.replace("**", "^")]
        case Choice():
            return [plain, plain.upper(), f" {plain} "]
    raise AssertionError(f"practice asks for no {type(answer).__name__}")


def prose(text: str) -> str:
    """A text without its code, which has minus signs and spaces of its own."""
    return re.sub(r"```.*?```|`[^`]*`", "code", text, flags=re.S)


def said_to(drawn: Drawn, text: str):
    return judge(drawn.question, given(text, drawn.problem.answer))


# --- every kind of problem ---


@pytest.mark.parametrize("name", TEMPLATES)
def test_drawn_numbers_are_kind(name):
    """`draw` refuses what is not; here it must find numbers each time, and enough of them."""
    drawn = [draw(TEMPLATES[name], str(seed)) for seed in range(DRAWS)]
    assert len({each.problem.key for each in drawn}) > schedule.REMEMBERED
    for each in drawn:
        problem = each.problem
        assert len(problem.rivals) >= 2 or isinstance(problem.answer, Choice)
        assert len(problem.steps) >= 2 and all(step.strip() for step in problem.steps)
        statement = prose(problem.statement)
        assert "nan" not in statement and "  " not in statement
        assert not re.search(r"\+ −|− −|(?<!\d)1[a-z]\b|\d\.\d{6}", statement)
        if isinstance(problem.answer, (Number, Array)):
            assert all(map(is_kind, each.question.truth.values))
            ours = [sample.values for _, sample in each.question.rival_samples]
            assert each.question.truth.values not in ours
            assert len(set(ours)) == len({r.mistake for r in problem.rivals if r.raises is None})


@pytest.mark.parametrize("name", TEMPLATES)
def test_right_answers_pass_and_mistakes_are_named(name):
    for seed in ("a", "b"):
        drawn = draw(TEMPLATES[name], seed)
        for text in styles(drawn.problem.answer):
            assert said_to(drawn, text).outcome is Outcome.CORRECT, (drawn.problem.statement, text)
        for rival in drawn.problem.rivals:
            verdict = said_to(drawn, typed(drawn.problem.answer, rival.answer))
            assert verdict.mistake == rival.mistake, (drawn.problem.statement, rival, verdict)
            assert "hint(" not in verdict.message


@pytest.mark.parametrize("name", TEMPLATES)
def test_texts_are_whole(name):
    template = TEMPLATES[name]
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name) and template.chapter in questions.CHAPTERS
    assert template.level in LEVELS and 0.5 <= template.minutes <= 5
    for seed in range(5):
        problem = draw(template, str(seed)).problem
        texts = [prose(text) for text in (problem.statement, problem.next, *problem.steps)]
        assert not any(TALKS_DOWN.search(text) for text in texts)
        assert not any(re.search(r"(?<![\w'\"])-\d", text) for text in texts), (
            "a hyphen for a minus"
        )
        assert {rival.mistake for rival in problem.rivals} <= MISTAKES.keys()
        for rival in problem.rivals:
            assert rival.message is None or 25 <= len(rival.message.split()) <= 80
        for part in problem.shown:
            assert part.words and as_html(part)


WITHOUT_PRACTICE = {"start_here", "project"}  # nothing to practise there; all of it is one


def test_there_is_practice_of_every_chapter():
    counts = Counter(template.chapter for template in TEMPLATES.values())
    names = [name for name in questions.CHAPTERS if name not in WITHOUT_PRACTICE]
    assert set(counts) == set(names)
    assert all(counts[name] >= 6 for name in names[3:13]), counts
    assert sum(counts.values()) >= 80
    for name in names:
        levels = {template.level for template in TEMPLATES.values() if template.chapter == name}
        assert 1 in levels and len(levels) >= 2, name


# --- drawing ---


def plus(draw: Draw) -> Problem:
    a, b = draw.whole(1, 40), draw.whole(41, 80)
    return Problem(
        f"{a} + {b}?",
        answer=Number(a + b),
        rivals=[Rival("change-turned-around", b - a), Rival("value-for-change", b)],
        steps=["Count on.", f"{a + b}"],
    )


def minus(draw: Draw) -> Problem:
    a, b = draw.whole(1, 40), draw.whole(41, 80)
    choice, rivals = draw.options("b", [Rival("value-for-change", "a")])
    return Problem(f"{a} or {b}?", answer=choice, rivals=rivals, steps=["Look.", "b"], next="Yes.")


def kind(name, level=1, drawn=plus, minutes=1.0):
    return Template(f"slope.{name}", title=name, level=level, minutes=minutes, draw=drawn)


ONE, TWO, THREE = kind("one"), kind("two", 2), kind("three", 3, minus)


def sitting(*templates, seed="7", level=None, **options):
    plan = Chapter("slope", "01", templates or (ONE, TWO, THREE), level)
    return Session(plan, seed, today=lambda: TODAY, **options)


def solve(sitting):
    """Give the right answer, and go on."""
    said = sitting.answer(typed(sitting.drawn.problem.answer))
    assert said.outcome is Outcome.CORRECT
    sitting.next()
    return said


def fail(sitting, mistake="value-for-change"):
    """Make a known mistake."""
    (rival,) = [r for r in sitting.drawn.problem.rivals if r.mistake == mistake]
    said = sitting.answer(typed(sitting.drawn.problem.answer, rival.answer))
    assert said.mistake == mistake
    return said


def test_a_seed_gives_the_same_problem_everywhere():
    assert draw(ONE, "s").problem.statement == draw(ONE, "s").problem.statement == "5 + 69?"
    assert Draw("x").several(range(9), 4) == [5, 8, 0, 4]


def test_numbers_that_do_not_fit_are_drawn_anew_and_given_up_in_the_end():
    tried = []

    def sevens(draw: Draw) -> Problem | None:
        problem = plus(draw)
        tried.append(problem.answer.truth)
        return problem if problem.answer.truth % 7 == 0 else None

    assert draw(kind("sevens", drawn=sevens), "1").problem.answer.truth % 7 == 0 < len(tried)
    with pytest.raises(ValueError, match=r"slope\.never finds no numbers in 200 attempts"):
        draw(kind("never", drawn=lambda draw: None), "1")


@pytest.mark.parametrize(
    "problem, fault",
    [
        (Problem("?", answer=Number(1 / 3), rivals=[], steps=["", ""]), "no short number"),
        (Problem("?", answer=Array([1, 0.123456]), rivals=[], steps=["", ""]), "no short number"),
        (
            Problem("?", answer=Number(2), rivals=[Rival("value-for-change", 2)], steps=["", ""]),
            "the truth and value-for-change differ at 0",
        ),
        (
            Problem(
                "?",
                answer=Number(2),
                rivals=[Rival("value-for-change", 3), Rival("sum-for-change", 3)],
                steps=["", ""],
            ),
            "value-for-change and sum-for-change differ at 0",
        ),
    ],
)
def test_unkind_numbers_are_found(problem, fault):
    (found,) = faults(Drawn(ONE, "1", problem))
    assert fault in found


@pytest.mark.parametrize("value, kind", [(12, True), (-0.75, True), (1250, True), (1 / 3, False)])
def test_kind_numbers_are_short(value, kind):
    assert is_kind(value) is kind
    assert not is_kind(math.inf) and not is_kind(math.nan) and not is_kind(1e6)


def test_a_name_stands_apart_from_its_number():
    terms = [(3, "sin x"), (-1, "cos x"), (2, "ReLU(x − 1)"), (-4, "eˣ"), (5, "xh"), (6, "")]
    assert total(terms) == "3 sin x − cos x + 2 ReLU(x − 1) − 4eˣ + 5xh + 6"


# --- a sitting ---


def test_nothing_repeats_within_twenty():
    few = kind("few", drawn=lambda d: plus(d) if d.one([1]) else None)
    one = sitting(few)
    seen = []
    for _ in range(60):
        key = one.drawn.problem.key
        assert key not in seen[-schedule.REMEMBERED :]
        seen.append(key)
        solve(one)
    again = sitting(few, seed="8")  # another day, the same file
    for _ in range(10):
        assert again.drawn.problem.key not in seen[-schedule.REMEMBERED :]
        seen.append(again.drawn.problem.key)
        solve(again)


def test_a_seed_gives_the_same_sitting_whatever_was_before():
    def asked():
        one = sitting(fresh=False)
        found = []
        for _ in range(8):
            found.append(one.drawn.problem.statement)
            one.next()
        return found

    first = asked()
    solve(sitting(fresh=False))
    assert asked() == first


def test_three_in_a_row_open_the_next_level():
    one = sitting()
    assert one.drawn.template is ONE and "level 1 of 3 open, 3 more right" in one.heading
    solve(one)
    solve(one)
    assert "1 more right in a row opens" in one.heading
    fail(one)  # and mended: it still broke the row
    solve(one)
    assert "3 more" in one.heading
    for _ in range(2):
        solve(one)
    assert "3 in a row: level 2 is open now" in str(solve(one))
    levels = Counter()
    for _ in range(12):
        levels[one.drawn.template.level] += 1
        one.next()
    assert levels[2] > levels[1] > 0 and not levels[3]


def test_help_breaks_the_row_and_is_counted_once(progress_file):
    one = sitting(ONE)
    assert one.hint() == "Count on." == one.hint()
    assert f"- {one.drawn.problem.answer.truth}" in one.solution() and one.state == SHOWN
    assert one.answer("3").outcome is Outcome.NOT_ATTEMPTED
    known = store.load().practised[ONE.id]
    assert (known.box, known.wrong, known.right) == (1, 1, 0)
    one.next()
    solve(one)
    assert store.load().practised[ONE.id].box == 2
    assert one.results[0].alone is False and one.results[1].alone is True


def test_after_a_mistake_one_comes_that_shows_whether_it_is_gone():
    silent = kind(
        "silent",
        drawn=lambda d: Problem(
            f"{d.whole(1, 999)}?",
            answer=Number(5),
            rivals=[Rival("sum-for-change", 7)],
            steps=["a", "b"],
        ),
    )
    for seed in range(6):
        one = sitting(silent, ONE, seed=str(seed))
        while one.drawn.template is not ONE:
            one.next()
        fail(one)
        assert "value-for-change" in store.load().practised[ONE.id].mistakes
        assert solve(one).points and "behind you" not in str(one.said)
        assert one.drawn.template is ONE and MISTAKES["value-for-change"].name in one.remark
        assert "is behind you" in str(solve(one))
        assert store.load().practised[ONE.id].mistakes == [] and not one.remark


@pytest.mark.parametrize("text", ["", "  ", "five", "1 / 0", "3 +", "12 kg", "(1"])
def test_what_cannot_be_read_is_no_mistake(text):
    one = sitting(ONE)
    said = one.answer(text)
    assert said.outcome in (Outcome.NOT_ATTEMPTED, Outcome.TYPE) and one.alone is None
    assert len(str(said).split()) >= 8 and ONE.id not in store.load().practised


def test_a_right_answer_stays_right():
    one = sitting(ONE)
    right = typed(one.drawn.problem.answer)
    first = one.answer(right)
    assert one.answer("0") == first and one.state == RIGHT
    assert store.load().practised[ONE.id].right == 1


# --- boxes ---


def test_boxes_follow_the_rule_that_is_published():
    known, day, gaps = store.Practised(), TODAY, []
    for _ in range(7):
        schedule.move(known, True, day)
        assert not schedule.is_due(known, day)
        gaps.append(schedule.days_left(known, day))
        day += timedelta(days=gaps[-1])
        assert schedule.is_due(known, day)
    assert gaps == [1, 2, 4, 8, 16, 16, 16]
    schedule.move(known, False, day)
    assert schedule.days_left(known, day) == 1 and (known.right, known.wrong) == (7, 1)


def test_what_was_wrong_comes_before_what_is_overdue():
    known = {
        "slope.one": store.Practised(box=3, last="2030-01-01"),
        "slope.two": store.Practised(box=1, last="2030-01-30", mistakes=["value-for-change"]),
        "slope.three": store.Practised(box=1, last="2030-01-31"),
    }
    assert due([ONE, TWO, THREE], known, TODAY) == [TWO, ONE]
    assert due([ONE, TWO, THREE], known, TODAY + timedelta(days=1)) == [TWO, ONE, THREE]
    assert schedule.days_left(store.Practised(box=2, last="yesterday"), TODAY) == 0
    assert schedule.days_left(store.Practised(box=1, last="2031-01-01"), TODAY) == 1


def test_a_review_takes_its_minutes_and_keeps_chapters_apart():
    other = [Template(f"limits.{n}", title="", level=1, minutes=2, draw=plus) for n in "abc"]
    here = [kind(n, minutes=2) for n in "abcdef"]
    chosen = mixed([*here[:3], *other, *here[3:]], 10)
    assert len(chosen) == 5 and sum(t.minutes for t in chosen) == 10
    names = [t.chapter for t in chosen]
    assert names == ["slope", "limits", "slope", "limits", "slope"]


def test_a_queue_ends_with_what_was_said_about_it():
    plan = Queue("Review", [ONE, THREE], lambda results: f"{sum(r.alone for r in results)} right")
    one = Session(plan, "1", today=lambda: TODAY)
    assert one.heading == "Review · problem 1 of 2"
    fail(one)
    one.next()
    solve(one)
    assert one.state == OVER and one.plan.summary(one) == "1 right"
    with pytest.raises(ValueError, match="the sitting is over"):
        one.answer("1")


def test_a_checkpoint_has_no_second_try():
    plan = Queue("Checkpoint", [ONE, TWO], lambda results: "", retries=False)
    one = Session(plan, "1", today=lambda: TODAY)
    assert one.hint() == one.solution() == ""
    fail(one)
    assert one.state == SHOWN and one.solution()
    assert [*map(len, (one.results, one.named))] == [0, 1]


def test_a_checkpoint_says_whether_to_go_on():
    drawn = {name: draw(template, "1") for name, template in TEMPLATES.items()}
    some = [each for each in drawn.values() if each.template.chapter == "chain_rule"][:2]
    right = [Result(some[0], True, [])]
    missed = Result(some[1], False, [f"“{MISTAKES['value-for-slope'].name}”", "that mistake"])
    said = after_checkpoint(8, [*right * 11, missed])
    assert "11 of 12" in said and "You may go on to chapter 09." in said
    assert "07_chain_rule.ipynb)" in said and MISTAKES["value-for-slope"].name in said
    assert "Before chapter 09" in after_checkpoint(8, [*right * 9, *[missed] * 3])
    assert "worth another look" not in after_checkpoint(8, right * 12)


@pytest.mark.parametrize("stop", questions.CHECKPOINTS)
def test_a_checkpoint_mixes_its_chapters(stop):
    shown = panel.checkpoint(stop, "5")
    asked = shown.session.plan.templates
    assert len(asked) == 12 and shown.session.plan.hidden
    numbers = sorted(list(questions.CHAPTERS).index(template.chapter) for template in asked)
    first = max([0, *[n for n in questions.CHECKPOINTS if n < stop]]) + 1
    assert set(numbers) == set(range(first, stop + 1))
    assert max(Counter(numbers).values()) - min(Counter(numbers).values()) <= 1


@pytest.mark.parametrize("stop", questions.CHECKPOINTS)
def test_a_checkpoint_can_be_read_solved(stop):
    sheet = solved(stop, seed=1)
    assert repr(sheet) == repr(solved(stop, seed=1)) != repr(solved(stop, seed=2))
    assert sheet._repr_html_().count('<li class="problem">') == len(sheet.drawn) == 12
    for each in sheet.drawn:
        assert each.problem.statement in repr(sheet) and "nan" not in repr(sheet)


# --- the file ---


def test_an_older_file_is_read_and_a_newer_one_is_kept(progress_file):
    old = {"schema": 1, "questions": {"slope.1": {"state": "done", "hints": 1, "asked": 0}}}
    progress_file.write_text(json.dumps(old), encoding="utf-8")
    one = sitting(ONE)
    solve(one)
    data = json.loads(progress_file.read_text(encoding="utf-8"))
    assert data["questions"] == old["questions"] and data["practice"]["slope.one"]["box"] == 1
    data |= {"theme": "sea", "practice": {"slope.one": {"box": 4, "last": 7}, "x.y": [1]}}
    progress_file.write_text(json.dumps(data), encoding="utf-8")
    solve(one)
    data = json.loads(progress_file.read_text(encoding="utf-8"))
    assert data["theme"] == "sea" and data["practice"]["slope.one"]["box"] == 5


def test_a_damaged_file_is_set_aside(progress_file):
    progress_file.write_text('{"questions": {}, "practice": {"slope', encoding="utf-8")
    solve(sitting(ONE))
    assert store.load().practised["slope.one"].right == 1
    assert (progress_file.parent / "progress.damaged-1.json").exists()


# --- pictures ---


def test_a_table_and_pictures_say_themselves():
    table = Table(["x", "f"], [["1", "2 < 3"]])
    assert table.words == "x 1, f 2 < 3" and "<td>2 &lt; 3</td>" in as_html(table)
    graph = Graph([Line(math.sqrt, name="f < g")], words='A root, "half" of a parabola')
    drawn = as_html(graph)
    assert 'aria-label="A root, &quot;half&quot; of a parabola"' in drawn
    assert drawn.count('class="line function"') == 1 and "nan" not in drawn
    assert ">f &lt; g</text>" in drawn
    panels = Panels({"A": graph, "<B>": graph})
    assert as_html(panels).count("<svg") == 2 and panels.words.startswith("A: A root")
    assert "<strong>&lt;B&gt;</strong>" in as_html(panels)
    hills = Contours(lambda x, y: x * x + y * y, [1, 4, 9], words="Rings")
    assert as_html(hills).count('class="line function"') == 3


def test_a_curve_is_not_drawn_beyond_its_axes():
    drawn = as_html(Graph([Line(lambda x: 1 / x)], words="1/x", y=(-2, 2)))
    (path,) = re.findall(r'class="line function" d="([^"]*)"', drawn)
    assert path.count("M") == 2
    heights = [float(y) for y in re.findall(r" ([\d.]+)", path)]
    assert min(heights) >= 15 and max(heights) <= 265


def test_code_in_a_statement_keeps_its_lines():
    shown = to_html("Which number?" + code("for x in y:", "    z -= 1"))
    assert shown.startswith("<p") and "for x in y:\n    z -= 1</pre>" in shown
    assert prose("It is −2." + code("z = -2")).split() == ["It", "is", "−2.", "code"]


def test_a_contour_map_has_true_angles_and_leaves_room_for_its_arrows():
    """One unit is as long across as up; no height is written on an arrow or on a point."""
    shown = Contours(
        lambda x, y: x * x + 3 * y * y,
        [3, 12],
        points=[Point(0, 2, "P")],
        arrows=[Arrow(0, 0, 3, 0, "A"), Arrow(0, 0, 0, 3, "B")],
        words="Rings",
        x=(-5, 5),
    )
    drawn = as_html(shown)
    arrows = re.findall(r'class="line gradient" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)M', drawn)
    (a, b, c, d), (e, f, g, h) = ([float(n) for n in arrow] for arrow in arrows)
    assert c - a == pytest.approx(f - h, abs=0.5) and (b, e) == (d, g)
    names = re.findall(r'class="name[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*>(\w+)<', drawn)
    heights = [(float(x), float(y)) for x, y, name in names if name in ("3", "12")]
    assert len(heights) == 2
    for x, y in heights:
        assert min(math.dist((x, y), at) for at in ((a, b), (c, d), (g, h))) > 14
    assert "max-width" in drawn and "max-width" not in as_html(Graph([], words="Empty"))


# --- the calls ---


@pytest.mark.parametrize("wanted", ["chain_rule", "07", "7", 7, "07_chain_rule", " Chain_Rule "])
def test_a_chapter_is_known_by_name_and_number(wanted):
    shown = panel.practice(wanted, None, "1")
    assert repr(shown).startswith("Practice of chapter 07: ")
    assert shown.view["heading"].startswith("Chapter 07 · problem 1")


def test_what_cannot_be_practised_is_said():
    with pytest.raises(ValueError, match=r"There is no chapter 'chain' to practise\. There are: "):
        panel.practice("chain", None, None)
    with pytest.raises(ValueError, match="Chapter 00 has no practice"):
        panel.practice("start_here", None, None)
    with pytest.raises(ValueError, match="level must be one of"):
        panel.practice("chain_rule", 9, None)
    with pytest.raises(ValueError, match="minutes must be above 0"):
        panel.review(0, None)
    with pytest.raises(ValueError, match=r"chapter must be one of \[4, 8, 13\], and is 5"):
        panel.checkpoint(5, None)


def test_a_review_without_anything_due_says_what_to_do(monkeypatch):
    assert 'practice("slope")' in str(panel.review(10, None))
    solve(Session(Chapter("chain_rule", "07", [TEMPLATES["chain_rule.bracket"]]), "1"))
    assert "comes back in 1 day." in str(panel.review(10, None))


def test_a_panel_hears_only_what_belongs_to_its_problem():
    shown = panel.practice("chain_rule", None, "1")
    for message in (None, 7, {}, {"do": "next"}, {"do": "next", "number": 2}, {"do": "x"}):
        shown.hear(message)
        assert shown.view["number"] == 1 and shown.view["state"] == session.OPEN
    shown.hear({"do": "answer", "number": 1, "text": ["a"]})
    assert "still empty" in shown.view["said"]
    shown.hear({"do": "hint", "number": 1})
    assert len(shown.view["hints"]) == 1
    shown.hear({"do": "next", "number": 1})
    shown.hear({"do": "next", "number": 1})  # a second click before the first was answered
    assert shown.view["number"] == 2


# --- the map ---


def test_the_map_shows_what_is_due_and_how_far_practice_has_come(progress_file):
    fresh = progress()
    assert "run `review()`" not in repr(fresh) and ">practice</a>" in fresh._repr_html_()
    one = Session(Chapter("chain_rule", "07", [TEMPLATES["chain_rule.bracket"]]), "1")
    for _ in range(3):
        solve(one)
    assert "due again" not in repr(progress()) and "practice level 2 of 3" not in repr(fresh)
    data = json.loads(progress_file.read_text(encoding="utf-8"))
    data["practice"]["chain_rule.bracket"]["last"] = "2020-01-01"
    progress_file.write_text(json.dumps(data), encoding="utf-8")
    assert "1 kind of problem is due again, about 2 minutes: run `review()`." in repr(progress())
    shown = progress()._repr_html_()
    link = "exercises/07_chain_rule.ipynb#cell-id=practice-chain-rule"
    assert shown.count(">Checkpoint after ") == len(questions.CHECKPOINTS)
    assert ">practice 1/3</a>" in shown
    assert "exercises/08b_checkpoint.ipynb" in shown
    assert link in shown and "run <code>review()</code>." in shown


def test_forgetting_a_chapter_forgets_its_practice():
    solve(Session(Chapter("chain_rule", "07", [TEMPLATES["chain_rule.bracket"]]), "1"))
    solve(sitting(ONE))
    assert "0 questions, 1 kind of problems in practice" in str(progress(reset="chain_rule"))
    progress(reset="chain_rule", confirm=True)
    known = store.load()
    assert set(known.practised) == {"slope.one"} and set(known.ladders) == {"slope"}
