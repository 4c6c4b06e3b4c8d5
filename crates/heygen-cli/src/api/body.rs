//! The body of a request: what was given whole, what flags say, and the files in it.

mod files;
mod kinds;
mod missing;
mod variant;

use std::{collections::BTreeMap, path::PathBuf};

use clap::ArgMatches;
use heygen_types::{
    AssetId, Json, Url,
    table::{FileKind, OperationEntry, Strictness, Violation, ViolationKind},
};

use super::{
    convert,
    flags::{self, Target},
    run::flag,
    typed,
    verb::ids,
};
use crate::failure::Failure;

/// A body that was checked, and what has to be done before it can be sent.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) json: Json,
    pub(super) files: Vec<LocalFile>,
    /// What HeyGen will fetch.
    pub(super) urls: Vec<Url>,
    /// The words that were taken as asset ids, for there was no such file.
    pub(super) words: Vec<AssetId>,
}

/// A local file that a body refers to.
#[derive(Debug)]
pub(super) struct LocalFile {
    pub(super) path: PathBuf,
    /// Where its reference, or its id, belongs.
    pub(super) place: Vec<Key>,
    pub(super) form: FileForm,
    /// The kinds of files that its place takes.
    takes: &'static [FileKind],
}

/// What stands in the body for a local file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileForm {
    /// An object that refers to the uploaded asset.
    Reference,
    /// Its id alone.
    Id,
    /// An object with the bytes.
    Inline,
}

/// One step into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Member(String),
    Item(usize),
}

/// Reads the body of an operation and checks it. Nothing is sent; of local files the
/// beginning is looked at.
pub(super) fn read(
    operation: &'static OperationEntry,
    matches: &ArgMatches,
) -> Result<Body, Failure> {
    let flags = flags::of_body(operation);
    let whole = matches.get_one::<String>(ids::DATA);
    let mut members = match whole.map(|text| convert::body(text)).transpose()? {
        Some(Json::Object(members)) => members,
        _ => BTreeMap::new(),
    };
    let tag = flags::union_tag(operation);
    let chosen = match tag {
        Some(tag) => Some(variant::choose(tag, operation, matches, &mut members)?),
        None => None,
    };
    let mut body = Draft {
        json: Json::Null,
        inline: flag(matches, ids::INLINE),
        files: Vec::new(),
        urls: Vec::new(),
        words: Vec::new(),
        given: Vec::new(),
    };
    let mut later = Vec::new();
    for flag in &flags {
        let Some(values) = matches.get_many::<String>(&flag.id()) else {
            continue;
        };
        let values: Vec<&str> = values.map(String::as_str).collect();
        let Some(form) = flag.form(chosen.as_deref()) else {
            let tag = tag.unwrap_or_default();
            return Err(variant::stranger(flag, tag, chosen.as_deref()));
        };
        match form.target {
            Target::Field => {
                body.given.push((flag.field.to_owned(), flag.long.clone()));
                members.insert(
                    flag.field.to_owned(),
                    convert::convert(flag, form, &values)?,
                );
            }
            target => later.push((target, flag, values)),
        }
    }
    if whole.is_none() {
        variant::add_defaults(operation, chosen.as_deref(), &mut members);
    }
    for (target, flag, values) in later {
        body.add_convenience(&mut members, target, flag, &values)?;
    }
    body.json = Json::Object(members);
    let object = variant::object(operation, chosen.as_deref());
    let strictness = Strictness::default().allow_unknown_values();
    // A mistyped name is the reason why another one is missing.
    if let Err(violation) = operation.body.check(&body.json, strictness)
        && violation.kind() == ViolationKind::UnknownField
    {
        return Err(body.refuse(&violation));
    }
    missing::check(object, tag, &flags, &body.json)?;
    body.find_files(&operation.body)?;
    operation
        .body
        .check(&body.json, strictness)
        .map_err(|violation| body.refuse(&violation))?;
    typed::check(operation.id.as_str(), &body.json).map_err(|problem| {
        if problem.problem().starts_with("changes nothing") {
            let hint = "give at least one flag, or the body with -d; --help shows the flags";
            return Failure::usage("nothing to change; nothing was sent", hint);
        }
        let place = body.place(problem.field());
        invalid(format!("{place} {}", body.in_flags(problem.problem())))
    })?;
    body.check_kinds()?;
    Ok(Body {
        json: body.json,
        words: body.words,
        files: body.files,
        urls: body.urls,
    })
}

/// A body that is being put together.
struct Draft {
    json: Json,
    inline: bool,
    files: Vec<LocalFile>,
    urls: Vec<Url>,
    words: Vec<AssetId>,
    /// The fields that flags set, and the flags.
    given: Vec<(String, String)>,
}

impl Draft {
    fn refuse(&self, violation: &Violation) -> Failure {
        let place = self.place(violation.path());
        invalid(format!("{place} {}", violation.problem()))
    }

    /// Writes the fields that a text names as the flags that set them. Names of one word are left
    /// alone: they may be words.
    fn in_flags(&self, text: &str) -> String {
        let words =
            text.split_inclusive(|letter: char| !letter.is_ascii_lowercase() && letter != '_');
        let words = words.map(|word| {
            let name = word.trim_end_matches(|letter: char| !letter.is_ascii_lowercase());
            let flag = self.given.iter().find(|(field, _)| field == name);
            match flag.filter(|_| name.contains('_')) {
                Some((_, flag)) => format!("--{flag}{}", &word[name.len()..]),
                None => word.to_owned(),
            }
        });
        words.collect()
    }

    /// Names a place in the body, by its flag where one set it.
    fn place(&self, path: &str) -> String {
        if path.is_empty() {
            return "the body:".to_owned();
        }
        let root = path.split(['.', '[']).next().unwrap_or(path);
        match self.given.iter().find(|(field, _)| field == root) {
            Some((_, flag)) if path == root => format!("--{flag}"),
            Some((_, flag)) => format!("--{flag} ({path})"),
            None => path.to_owned(),
        }
    }
}

fn invalid(problem: String) -> Failure {
    Failure::usage(
        format!("{problem}; nothing was sent"),
        "change what is named; --help shows the flags, --request-schema the whole body",
    )
}
