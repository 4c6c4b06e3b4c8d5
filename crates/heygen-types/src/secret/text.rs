use alloc::{borrow::Cow, string::String};

use super::{HIDDEN, authority, is_secret_name};

#[cfg(test)]
mod tests;

/// Takes out of a text what may be secret in it: query and fragment of every URL, a user name before
/// a host, what follows `Bearer` or `Basic`, and the values of secret names.
///
/// A value in quotes or brackets goes as a whole. After `Cookie:` and `Authorization:` all of the
/// line goes, after another name and a colon all words up to a comma, a semicolon, a quote or a
/// bracket, and directly after `=` one word.
#[must_use]
pub fn redacted(text: &str) -> Cow<'_, str> {
    let mut scan = Scan {
        text,
        at: 0,
        safe: String::new(),
        is_after_scheme: false,
    };
    while scan.at < text.len() {
        scan.step();
    }
    if scan.safe == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(scan.safe)
    }
}

/// A walk over a text, word by word. Each step is as long as what it takes off, or shorter than the
/// line, so that a text of megabytes takes no longer than it must.
///
/// A value without brackets ends with its line at the latest, so that a name on the next line is
/// found whatever came before.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    safe: String,
    /// The next word is a token.
    is_after_scheme: bool,
}

/// A name whose value is secret.
struct Name<'a> {
    name: &'a str,
    /// How much of the rest of the text belongs to it, with what separates it from its value.
    len: usize,
    /// Whether it is one word with its separator, as in a header or in `a=b`.
    is_bare: bool,
    /// Whether that is an equals sign.
    is_tight: bool,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        let rest = self.rest();
        let word = &rest[..find(rest, is_delimiter)];
        if word.is_empty() {
            let len = rest.chars().next().map_or(0, char::len_utf8);
            self.is_after_scheme &= !rest.starts_with(is_line_end);
            self.show(len);
        } else if let Some(name) = Name::find(word, rest) {
            let quote = Quote::before(&self.text[..self.at]).filter(|_| name.is_bare);
            if core::mem::take(&mut self.is_after_scheme) {
                self.hide(name.len);
            } else {
                self.show(name.len);
            }
            self.value(&name, quote);
        } else if self.is_after_scheme && !word.chars().all(is_separator) && !is_scheme(word) {
            self.is_after_scheme = false;
            self.hide(word.len());
        } else {
            self.is_after_scheme |= is_scheme(word);
            self.word(word);
        }
    }

    /// Hides the value of a name. A quote before the name encloses it, too.
    fn value(&mut self, name: &Name<'_>, quote: Option<Quote>) {
        let gap = find(self.rest(), |c| !is_space(c));
        let is_tight = name.is_tight && gap == 0;
        self.show(gap);
        let is_header = name.is_bare && is_header(name.name);
        if self.enclosed() {
            // A header can begin with something in quotes.
            let rest = self.rest().trim_start_matches(is_space);
            if !is_header || rest.is_empty() || rest.starts_with(is_after_value) {
                return;
            }
        }
        let rest = self.rest();
        let scheme = find(rest, is_delimiter);
        if is_scheme(&rest[..scheme]) && rest[scheme..].starts_with(is_space) {
            self.show(scheme + find(&rest[scheme..], |c| !is_space(c)));
        }
        let rest = self.rest();
        let len = match quote.and_then(|quote| quote.end(rest)) {
            Some((end, _)) => end,
            None if is_header => folded(rest),
            None => find(rest, |c| is_end(c) || is_tight && is_space(c)),
        };
        self.hide(len);
    }

    /// Hides a value in quotes or brackets, which may begin on the next line, if there is one.
    fn enclosed(&mut self) -> bool {
        let begin = find(self.rest(), |c: char| !c.is_whitespace());
        let rest = &self.rest()[begin..];
        let (open, len, close) = if let Some(quote) = Quote::at(rest) {
            let inside = &rest[quote.len()..];
            match quote.end(inside) {
                Some((end, close)) => (quote.len(), end, close),
                None => (quote.len(), line(inside).len(), 0),
            }
        } else if rest.starts_with(['[', '{']) {
            match bracketed(rest) {
                Some(end) => (1, end - 1, 1),
                None => (1, rest.len() - 1, 0),
            }
        } else {
            return false;
        };
        self.show(begin + open);
        self.hide(len);
        self.show(close);
        true
    }

    /// Adds a word that is no value, without what is secret in it.
    fn word(&mut self, word: &str) {
        let mut shown = 0;
        if let Some((scheme, rest)) = word.split_once("://")
            && let Some((user, _)) = authority(rest).rsplit_once('@')
        {
            self.show(scheme.len() + "://".len());
            self.hide(user.len());
            shown = scheme.len() + "://".len() + user.len();
        }
        let word = &word[shown..];
        match query(word, shown > 0) {
            Some(query) => {
                self.show(query + 1);
                self.hide(find(self.rest(), ends_url));
            }
            None => self.show(word.len()),
        }
    }

    fn show(&mut self, len: usize) {
        self.safe.push_str(&self.rest()[..len]);
        self.at += len;
    }

    fn hide(&mut self, len: usize) {
        if len > 0 && !self.safe.ends_with(HIDDEN) {
            self.safe.push_str(HIDDEN);
        }
        self.at += len;
    }
}

impl<'a> Name<'a> {
    /// Finds a secret name in a word or at its end, at the front of a text.
    fn find(word: &'a str, text: &str) -> Option<Self> {
        // A query is another matter, and so is what follows a scheme.
        let scheme = word.find("://").unwrap_or(word.len());
        let limit = query(word, false).unwrap_or(word.len()).min(scheme);
        let mut start = 0;
        for (end, _) in word[..limit].match_indices(is_separator) {
            let name = &word[start..end];
            if is_secret_name(name) {
                let len = end + find(&text[end..], |c| !is_separator(c) && c != '>');
                return Some(Self {
                    name,
                    len,
                    is_bare: true,
                    is_tight: text[..len].ends_with('='),
                });
            }
            start = end + 1;
        }
        // A name in quotes or brackets, or with a space behind it.
        let name = word.trim_end_matches('\\');
        let mut len = name.len();
        if limit < word.len() || !is_secret_name(name) {
            return None;
        }
        len += match Quote::at(&text[len..]) {
            Some(quote) => quote.len(),
            None => usize::from(text[len..].starts_with([']', ')'])),
        };
        len += find(&text[len..], |c| !is_space(c));
        let separators = find(&text[len..], |c| !is_separator(c) && c != '>');
        (text[len..].starts_with(is_separator)).then_some(Self {
            name,
            len: len + separators,
            is_bare: false,
            is_tight: false,
        })
    }
}

/// A quote with as many backslashes before it, which is how it stands in a text within a text.
#[derive(Clone, Copy)]
struct Quote {
    mark: char,
    backslashes: usize,
}

impl Quote {
    /// Returns the one that a text begins with.
    fn at(text: &str) -> Option<Self> {
        let backslashes = find(text, |c| c != '\\');
        Self::new(text[backslashes..].chars().next()?, backslashes)
    }

    /// Returns the one that a text ends with.
    fn before(text: &str) -> Option<Self> {
        let mark = text.chars().next_back()?;
        Self::new(mark, backslashes(&text[..text.len() - mark.len_utf8()]))
    }

    fn new(mark: char, backslashes: usize) -> Option<Self> {
        // No text is within a text within a text within another.
        let is_quote = matches!(mark, '"' | '\'' | '`') && backslashes < 8;
        is_quote.then_some(Self { mark, backslashes })
    }

    const fn len(self) -> usize {
        self.backslashes + self.mark.len_utf8()
    }

    /// Finds the one on the same line that ends what this one begins, and tells how long that is: it
    /// may have fewer backslashes. More than its own stand before one within.
    fn end(self, text: &str) -> Option<(usize, usize)> {
        let mut end = 0;
        loop {
            end += find(&text[end..], |c| c == self.mark || is_line_end(c));
            if !text[end..].starts_with(self.mark) {
                return None;
            }
            let backslashes = backslashes(&text[..end]);
            // Where they mean nothing else, two of them are one that ends the value.
            let is_plain = self.backslashes == 0 && backslashes.is_multiple_of(2);
            if is_plain || (1..=self.backslashes).contains(&backslashes) {
                let backslashes = backslashes.min(self.backslashes);
                return Some((end - backslashes, backslashes + self.mark.len_utf8()));
            }
            end += self.mark.len_utf8();
        }
    }
}

/// Counts the backslashes at the end of a text.
fn backslashes(text: &str) -> usize {
    text.len() - text.trim_end_matches('\\').len()
}

/// Finds the bracket that closes what a text begins with. Those in quotes are only letters.
fn bracketed(text: &str) -> Option<usize> {
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    text.char_indices().find_map(|(at, letter)| {
        is_quoted ^= letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        match letter {
            '[' | '{' if !is_quoted => depth += 1,
            ']' | '}' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// Finds the query or the fragment in a word, if it looks like that of a URL.
fn query(word: &str, is_host: bool) -> Option<usize> {
    let is_url = is_host || word.contains("://") || word.starts_with('/');
    let end = word.find(|letter| letter == '?' || (is_url && letter == '#'))?;
    let query = &word[end + 1..];
    (is_url || query.contains('=') || query.starts_with(HIDDEN)).then_some(end)
}

/// Measures a header: its line, and those after it that begin with a space.
fn folded(text: &str) -> usize {
    let mut len = line(text).len();
    loop {
        let end = if text[len..].starts_with("\r\n") {
            2
        } else {
            1
        };
        match text.get(len + end..) {
            Some(next) if next.starts_with(is_space) => len += end + line(next).len(),
            _ => return len,
        }
    }
}

/// Returns the first line of a text.
fn line(text: &str) -> &str {
    &text[..find(text, is_line_end)]
}

/// Returns the place of the first such letter, or the end.
fn find(text: &str, is_wanted: impl Fn(char) -> bool) -> usize {
    text.find(is_wanted).unwrap_or(text.len())
}

fn is_scheme(word: &str) -> bool {
    word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic")
}

/// Tells whether the value of a name is all of its line.
fn is_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("authorization") || name.contains("cookie")
}

fn is_delimiter(letter: char) -> bool {
    letter.is_whitespace() || "\"'`<>()[]{},;&".contains(letter)
}

fn is_separator(letter: char) -> bool {
    matches!(letter, ':' | '=')
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace() && !is_line_end(letter)
}

fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r')
}

/// Tells whether a letter ends a value without quotes. An apostrophe may stand in one.
fn is_end(letter: char) -> bool {
    is_line_end(letter) || "\"<>()[]{},;&".contains(letter)
}

/// Tells whether a value in quotes is over, and what follows belongs to something else.
fn is_after_value(letter: char) -> bool {
    is_line_end(letter) || ")]},".contains(letter)
}

/// Tells whether a letter can stand in no URL.
fn ends_url(letter: char) -> bool {
    letter.is_whitespace() || "\"'`<>".contains(letter)
}
