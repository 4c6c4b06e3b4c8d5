use std::io;

use clap::{
    Command,
    builder::{Resettable, StyledStr},
};
use clap_mangen::{
    Man,
    roff::{Roff, roman},
};

/// One manual page.
pub(super) struct Page {
    pub(super) file_name: String,
    pub(super) text: Vec<u8>,
}

/// Makes the page of a command. What stands around the options in its help, the examples above
/// all, becomes sections of their own whose lines stay as they are.
pub(super) fn render(command: &Command) -> io::Result<Page> {
    let mut sections = Roff::new();
    for text in [command.get_before_help(), command.get_after_help()] {
        for section in text
            .map(StyledStr::to_string)
            .iter()
            .flat_map(|text| split(text))
        {
            sections.control("SH", [section.title.as_str()]);
            sections.control("nf", []);
            for line in &section.lines {
                sections.text([roman(*line)]);
            }
            sections.control("fi", []);
        }
    }
    // It would be filled, and stand under the title EXTRA.
    let command = command.clone().after_help(Resettable::Reset);
    let man = Man::new(command)
        .source(concat!("heygen-rs ", env!("CARGO_PKG_VERSION")))
        .manual("heygen-rs");
    let mut text = Vec::new();
    man.render(&mut text)?;
    text.extend(sections.to_roff().into_bytes());
    Ok(Page {
        file_name: man.get_filename(),
        text,
    })
}

/// A part of a help text: `Examples:` and what follows.
struct Section<'a> {
    title: String,
    lines: Vec<&'a str>,
}

/// Splits a help text at its headings. What has none is notes.
fn split(text: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for line in text.lines() {
        let heading = line
            .strip_suffix(':')
            .filter(|_| !line.starts_with(char::is_whitespace));
        match (heading, sections.last_mut()) {
            (Some(heading), _) => sections.push(Section {
                title: heading.to_uppercase(),
                lines: Vec::new(),
            }),
            (None, Some(section)) => section.lines.push(line),
            (None, None) => sections.push(Section {
                title: "NOTES".to_owned(),
                lines: vec![line],
            }),
        }
    }
    for section in &mut sections {
        while section
            .lines
            .last()
            .is_some_and(|line| line.trim().is_empty())
        {
            section.lines.pop();
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_texts_are_split_at_their_headings() {
        let text = "Examples:\n  a: b\n  c\n\nExit codes:\n  0 ok";
        let sections = split(text);
        let titles: Vec<&str> = sections.iter().map(|section| &*section.title).collect();
        assert_eq!(titles, ["EXAMPLES", "EXIT CODES"]);
        assert_eq!(sections[0].lines, ["  a: b", "  c"]);
        assert_eq!(sections[1].lines, ["  0 ok"]);
        let plain = split("words\nand more");
        assert_eq!(plain[0].title, "NOTES");
        assert_eq!(plain[0].lines, ["words", "and more"]);
    }

    #[test]
    fn lines_that_roff_would_obey_are_escaped() {
        let command = Command::new("x").before_help("Examples:\n.SH evil\n'br\n  a\\nb -- c");
        let text = String::from_utf8(render(&command).unwrap().text).unwrap();
        assert!(text.contains(".SH EXAMPLES\n.nf\n"), "{text}");
        assert!(text.contains("\\&.SH evil\n"), "{text}");
        assert!(!text.contains("\n'br"), "{text}");
        assert!(text.contains("a\\\\nb"), "{text}");
    }
}
