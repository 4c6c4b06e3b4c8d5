use std::time::Duration;

use super::{Assets, Blindness, Finalised, Verdict};

const AWAITED: bool = true;
const LATE: bool = false;

/// Single requests under one key each, all carried out.
fn single(ids: &[&str]) -> Assets {
    let mut assets = Assets::default();
    for id in ids {
        make(
            &mut assets,
            id,
            &format!("{id}.single.1"),
            0,
            AWAITED,
            Blindness::default(),
        );
    }
    assets
}

fn make(assets: &mut Assets, id: &str, key: &str, at: u64, is_awaited: bool, run: Blindness) {
    let ids = (id.to_owned(), key.to_owned());
    let stands = (Duration::from_secs(at), key.contains(".single."));
    assets.made(ids, stands, is_awaited, run);
}

fn judge(assets: &Assets, ids: &[&str]) -> Result<Verdict, String> {
    let finalised: Vec<_> = ids.iter().map(|id| Finalised { id, version: 0 }).collect();
    assets.judge(&finalised, 0)
}

#[test]
fn one_file_becomes_one_asset_that_somebody_is_told_of() {
    let mut assets = single(&["a", "b"]);
    assert!(judge(&assets, &["a"]).is_err());
    assets.told("a");
    assert_eq!(judge(&assets, &["a"]), Ok(Verdict::Kept));
    assets.told("b");
    assert!(judge(&assets, &["a", "b"]).is_err());
}

#[test]
fn an_edit_excuses_one_asset_for_each_version() {
    let mut assets = single(&["a", "b", "c"]);
    assets.told("c");
    let of = |id, version| Finalised { id, version };
    let kept = assets.judge(&[of("a", 0), of("c", 1)], 1);
    assert_eq!(kept, Ok(Verdict::Kept));
    let doubled = [of("a", 0), of("b", 0), of("c", 1)];
    assert!(assets.judge(&doubled, 1).is_err());
}

#[test]
fn an_asset_whose_process_died_untold_is_excused_when_the_journal_does_not_show_it() {
    for is_astray in [true, false] {
        let mut assets = single(&["a"]);
        assets.untold("a");
        let run = Blindness {
            is_astray,
            is_unremembered: false,
        };
        make(&mut assets, "b", "b.single.1", 0, AWAITED, run);
        assets.told("b");
        let excused = judge(&assets, &["a", "b"]) == Ok(Verdict::Excused);
        assert_eq!(excused, is_astray);
    }
}

#[test]
fn what_is_denied_although_it_is_there_is_excused_and_nothing_else() {
    let mut assets = single(&["a", "b", "c"]);
    assets.told("b");
    assets.told("c");
    assets.denied("a");
    assert_eq!(judge(&assets, &["a", "b"]), Ok(Verdict::Excused));
    assert!(judge(&assets, &["a", "b", "c"]).is_err());

    let mut assets = single(&["a", "b"]);
    assets.told("b");
    assets.denied_key("a.single.1");
    assert_eq!(judge(&assets, &["a", "b"]), Ok(Verdict::Excused));
}

#[test]
fn a_request_that_comes_late_is_excused_once_its_client_has_given_it_up() {
    for (was_denied, is_awaited) in [(false, LATE), (true, AWAITED), (true, LATE)] {
        let mut assets = single(&["b"]);
        assets.told("b");
        make(
            &mut assets,
            "a",
            "x.create.1",
            0,
            AWAITED,
            Blindness::default(),
        );
        if was_denied {
            assets.denied("a");
        }
        assets.finalised("a", is_awaited);
        let excused = judge(&assets, &["a", "b"]) == Ok(Verdict::Excused);
        assert_eq!(excused, was_denied && is_awaited == LATE);
    }
}

#[test]
fn a_journal_excuses_what_it_could_not_write() {
    let forgotten = |tell: &dyn Fn(&mut Assets)| {
        let mut assets = single(&["a", "b"]);
        assets.told("a");
        assets.told("b");
        tell(&mut assets);
        judge(&assets, &["a", "b"]) == Ok(Verdict::Excused)
    };
    let fails = |it: &mut Assets| it.saved(0, "a".to_owned(), Some("a"), false);
    let works = |it: &mut Assets| it.saved(0, "a".to_owned(), Some("a"), true);
    assert!(forgotten(&|it| {
        fails(it);
        it.run_ended(0);
    }));
    // It was written in the end, or before, or the process that could not goes on.
    assert!(!forgotten(&|it| {
        fails(it);
        works(it);
        it.run_ended(0);
    }));
    assert!(!forgotten(&|it| {
        works(it);
        fails(it);
        it.run_ended(0);
    }));
    assert!(!forgotten(&|it| {
        fails(it);
        it.run_ended(1);
    }));
    assert!(forgotten(&|it| it.forgotten("a".to_owned())));
}

#[test]
fn a_run_without_its_journal_excuses_what_it_makes() {
    for (is_unremembered, is_astray) in [(true, false), (false, true), (false, false)] {
        let run = Blindness {
            is_unremembered,
            is_astray,
        };
        let mut assets = single(&["a"]);
        make(&mut assets, "b", "b.single.1", 0, AWAITED, run);
        assets.told("a");
        assets.told("b");
        let excused = judge(&assets, &["a", "b"]) == Ok(Verdict::Excused);
        assert_eq!(excused, is_unremembered || is_astray);
    }
}

#[test]
fn the_key_of_a_single_request_lives_for_a_day() {
    const DAY: u64 = 24 * 3600;
    for (key, later) in [
        ("a.single.1", DAY),
        ("a.single.1", DAY - 1),
        ("b.single.1", DAY),
    ] {
        let mut assets = single(&["a"]);
        make(&mut assets, "b", key, later, AWAITED, Blindness::default());
        assets.told("b");
        let excused = judge(&assets, &["a", "b"]) == Ok(Verdict::Excused);
        assert_eq!(excused, (key, later) == ("a.single.1", DAY));
    }
}

#[test]
fn a_key_leads_to_one_url_that_is_used() {
    let mut assets = Assets::default();
    make(
        &mut assets,
        "a",
        "x.create.1",
        0,
        AWAITED,
        Blindness::default(),
    );
    make(
        &mut assets,
        "b",
        "x.create.1",
        90_000,
        AWAITED,
        Blindness::default(),
    );
    assert_eq!(assets.newest_of_key("x.create.1"), Some("b"));
    assert!(assets.is_first_of_its_key("a") && assets.is_first_of_its_key("a"));
    assert!(!assets.is_first_of_its_key("b"));
}
