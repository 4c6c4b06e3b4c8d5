//! Manual pages and completions, as packagers make them.

use std::{collections::BTreeSet, fs};

use crate::support::{Folder, run, text};

/// The commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let (_, list) = help.split_once("\nCommands:\n").unwrap_or_default();
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Adds the names of the pages of a command and of all below it.
fn collect(words: &[String], pages: &mut BTreeSet<String>) {
    let name = std::iter::once("heygen-rs").chain(words.iter().map(String::as_str));
    pages.insert(format!("{}.1", name.collect::<Vec<_>>().join("-")));
    let help = words.iter().map(String::as_str).chain(["--help"]);
    for below in commands(&run(help).ends_with(0).stdout) {
        collect(&[words, &[below]].concat(), pages);
    }
}

#[test]
fn every_command_has_its_manual_page() {
    let folder = Folder::new();
    let out = folder.path().join("man/man1");
    let out = out.to_str().unwrap();
    let done = run(["man", "--out", out]).ends_with(0);
    assert_eq!(text(&done.object(), "folder"), out);

    let written: BTreeSet<String> = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(done.object()["pages"], written.len());
    let mut expected = BTreeSet::new();
    collect(&[], &mut expected);
    assert_eq!(written, expected);
    assert!(written.contains("heygen-rs-assets-direct-uploads-create.1"));

    for name in &written {
        let page = fs::read_to_string(format!("{out}/{name}")).unwrap();
        assert!(
            page.contains(".TH heygen\\-rs") || page.contains(".TH heygen-rs"),
            "{name}: {page}"
        );
        assert!(
            page.contains(".SH EXAMPLES\n.nf\n"),
            "{name} has no examples"
        );
        assert!(
            page.contains("api\\-key\\-file"),
            "{name} lacks the global options"
        );
        assert!(!page.contains(".SH EXTRA"), "{name}");
    }
    let main = fs::read_to_string(format!("{out}/heygen-rs.1")).unwrap();
    for section in ["ENVIRONMENT", "EXIT CODES", "SUBCOMMANDS"] {
        assert!(
            main.contains(&format!(".SH {section}\n"))
                || main.contains(&format!(".SH \"{section}\"\n")),
            "{section}: {main}"
        );
    }
}

#[test]
fn the_command_for_packagers_is_hidden() {
    let help = run(["--help"]).ends_with(0);
    assert!(!commands(&help.stdout).contains(&"man".to_owned()));
    run(["man"]).ends_with(2);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let folder = Folder::new();
    let file = folder.file("file", b"");
    let done = run(["man", "--out", file.to_str().unwrap()]).ends_with(6);
    assert_eq!(text(&done.error(), "code"), "output_failed");
}

#[cfg(unix)]
#[test]
fn a_link_of_the_name_of_a_page_is_replaced() {
    let folder = Folder::new();
    let precious = folder.file("precious", b"precious");
    let page = folder.path().join("man/heygen-rs.1");
    fs::create_dir(page.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&precious, &page).unwrap();
    let out = page.parent().unwrap().to_str().unwrap();
    run(["man", "--out", out]).ends_with(0);
    assert_eq!(fs::read(&precious).unwrap(), b"precious");
    assert!(fs::symlink_metadata(&page).unwrap().is_file());
}
