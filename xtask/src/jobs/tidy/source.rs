use std::path::Path;

/// Words that a finished file does not hold, in two halves, so that this file does not hold them
/// either.
const LEFT_BEHIND: &[(&str, &str, &str)] = &[
    ("TO", "DO", "write an issue or do it now"),
    ("FIX", "ME", "write an issue or do it now"),
    ("XX", "X:", "write an issue or do it now"),
    ("<<<<", "<<<", "a conflict is not resolved"),
    ("/ro", "ot/", "a path of one machine"),
    ("/wo", "rk/", "a path of one machine"),
];

pub(super) fn check_name(file: &Path) -> Option<String> {
    let is_mod = file.file_name().is_some_and(|name| name == "mod.rs");
    is_mod.then(|| {
        format!(
            "{}: modules are foo.rs beside foo/, not foo/mod.rs",
            file.display()
        )
    })
}

pub(super) fn check_text(file: &Path, text: &str) -> Vec<String> {
    // The lock file is made by cargo, and the API files quote the API.
    if file.ends_with("Cargo.lock") || file.starts_with("crates/heygen-types/api") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let mut found = |what: &str| {
            problems.push(format!("{}:{number}: {what}", file.display()));
        };
        for (head, tail, why) in LEFT_BEHIND {
            if holds_word(line, &format!("{head}{tail}")) {
                found(&format!("{head}{tail}: {why}"));
            }
        }
        if file.extension().is_some_and(|extension| extension == "rs")
            && line.trim() == concat!("#[", "ignore]")
        {
            found("an ignored test says why: #[ignore = \"…\"]");
        }
    }
    problems
}

/// Tells whether a line holds a word that is not a part of a longer one.
fn holds_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || "_./-}".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{check_name, check_text};

    fn problems(text: &str) -> usize {
        check_text(Path::new("src/lib.rs"), text).len()
    }

    #[test]
    fn what_was_left_behind_is_found() {
        assert_eq!(problems(concat!("// TO", "DO: later")), 1);
        assert_eq!(problems(concat!("let path = \"/ro", "ot/x\";")), 1);
        assert_eq!(problems(concat!("#[", "ignore]")), 1);
        assert_eq!(check_name(Path::new("src/a/mod.rs")).into_iter().count(), 1);
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        assert_eq!(problems("#[ignore = \"needs an account\"]"), 0);
        assert_eq!(problems(concat!("see https://example.com/wo", "rk/x")), 0);
        assert_eq!(problems("a mastodon"), 0);
        assert_eq!(check_name(Path::new("src/a.rs")), None);
    }
}
