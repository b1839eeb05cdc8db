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
    assert link in shown and "run <code>review()</code>." in shown


def test_forgetting_a_chapter_forgets_its_practice():
    solve(Session(Chapter("chain_rule", "07", [TEMPLATES["chain_rule.bracket"]]), "1"))
    solve(sitting(ONE))
    assert "0 questions, 1 kind of problems in practice" in str(progress(reset="chain_rule"))
    progress(reset="chain_rule", confirm=True)
    known = store.load()
    assert set(known.practised) == {"slope.one"} and set(known.ladders) == {"slope"}
