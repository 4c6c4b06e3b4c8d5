//! The files in a body: wherever a reference to one can stand, a path may stand as a text.

use std::collections::BTreeMap;

use heygen_types::{
    Json, Url,
    table::{FileKind, Schema, SchemaType},
};

use super::{Draft, FileForm, Key, LocalFile};
use crate::{
    api::{
        file::{self, FileInput, PENDING},
        flags::{Flag, Target},
        shape::takes_base64,
    },
    failure::Failure,
};

impl Draft {
    /// Sets what a flag stands for that the API has no field of.
    pub(super) fn add_convenience(
        &mut self,
        members: &mut BTreeMap<String, Json>,
        target: Target,
        flag: &Flag,
        values: &[&str],
    ) -> Result<(), Failure> {
        let place = format!("--{}", flag.long);
        let input = FileInput::read(values.last().unwrap_or(&""), &place, self.inline)?;
        let base = flag.field;
        self.given.push((base.to_owned(), flag.long.clone()));
        let (key, value) = match &input {
            FileInput::Url(url) => ("url", url.as_str()),
            FileInput::Asset(id) => ("asset_id", id.as_str()),
            FileInput::Upload(_) => ("asset_id", PENDING),
            FileInput::Inline(_) => return Err(no_base64(&place)),
        };
        let value = Json::String(value.to_owned());
        let at = if target == Target::Background {
            let kind = Json::String("image".to_owned());
            let background = [("type".to_owned(), kind), (key.to_owned(), value)];
            if members.contains_key(base) {
                return Err(twice(&place, &format!("--{base}")));
            }
            members.insert(base.to_owned(), Json::Object(background.into()));
            vec![Key::Member(base.to_owned()), Key::Member(key.to_owned())]
        } else {
            let field = format!("{base}_{key}");
            for other in [format!("{base}_url"), format!("{base}_asset_id")] {
                if members.contains_key(&other) {
                    return Err(twice(&place, &other));
                }
            }
            members.insert(field.clone(), value);
            self.given.push((field.clone(), flag.long.clone()));
            vec![Key::Member(field)]
        };
        let schema = flag.forms[0].schema;
        let takes = match target {
            Target::Background => schema
                .objects()
                .first()
                .and_then(|object| object.field("asset_id"))
                .map_or(&[][..], |field| field.takes),
            _ => schema.takes,
        };
        self.note(input, at, FileForm::Id, takes);
        Ok(())
    }

    /// Replaces every path, URL and id that stands in place of a reference.
    pub(super) fn find_files(&mut self, schema: &'static Schema) -> Result<(), Failure> {
        let mut json = std::mem::take(&mut self.json);
        let end = self.walk(schema, &[], &mut json, &mut Vec::new());
        self.json = json;
        end
    }

    /// Walks through a value. `takes` are the kinds of files of the list around it.
    fn walk(
        &mut self,
        schema: &'static Schema,
        takes: &'static [FileKind],
        value: &mut Json,
        at: &mut Vec<Key>,
    ) -> Result<(), Failure> {
        if schema.is_file() {
            if let Json::String(text) = &*value {
                let place = self.place(&shown(at));
                let input = FileInput::read(text, &place, self.inline)?;
                if matches!(input, FileInput::Inline(_)) && !takes_base64(schema) {
                    return Err(no_base64(&place));
                }
                *value = input.to_json();
                let takes = if schema.takes.is_empty() {
                    takes
                } else {
                    schema.takes
                };
                self.note(input, at.clone(), FileForm::Reference, takes);
            }
            return Ok(());
        }
        match (schema.r#type, value) {
            (Some(SchemaType::Array), Json::Array(items)) => {
                let Some(described) = schema.items else {
                    return Ok(());
                };
                for (index, item) in items.iter_mut().enumerate() {
                    self.step(described, schema.takes, item, at, Key::Item(index))?;
                }
            }
            (Some(SchemaType::Map), Json::Object(members)) => {
                let Some(described) = schema.map_values else {
                    return Ok(());
                };
                for (name, member) in members {
                    self.step(described, &[], member, at, Key::Member(name.clone()))?;
                }
            }
            (_, Json::Object(members)) => {
                let told = schema.tag.and_then(|tag| members.get(tag)?.as_str());
                let objects = schema.objects();
                let object = objects
                    .into_iter()
                    .find(|object| told.is_none_or(|told| object.has_tag(told)));
                for field in object.map_or(&[][..], |object| object.fields) {
                    if let Some(member) = members.get_mut(field.name) {
                        at.push(Key::Member(field.name.to_owned()));
                        let end = self.check_url(field, member, at);
                        at.pop();
                        end?;
                        self.step(field, &[], member, at, Key::Member(field.name.to_owned()))?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Refuses a text that cannot be the URL which its field is for.
    fn check_url(&self, field: &Schema, value: &Json, at: &[Key]) -> Result<(), Failure> {
        let is_said = |what| field.note.is_some_and(|note| note.contains(what));
        // A website may be named by its host alone.
        let is_url = field.name.ends_with("url") && !is_said("website");
        let (true, Json::String(text)) = (is_url, value) else {
            return Ok(());
        };
        let problem = match text.parse::<Url>() {
            Ok(url) if is_said("HTTPS") && !file::is_secure(&url) => "is not an https URL",
            Ok(_) => return Ok(()),
            Err(_) if text.is_empty() => return Ok(()),
            Err(_) => "is not a URL",
        };
        let place = self.place(&shown(at));
        Err(Failure::usage(
            format!("{place} {} {problem}; nothing was sent", file::shown(text)),
            "write it whole, as https://host/path",
        ))
    }

    fn step(
        &mut self,
        schema: &'static Schema,
        takes: &'static [FileKind],
        value: &mut Json,
        at: &mut Vec<Key>,
        key: Key,
    ) -> Result<(), Failure> {
        at.push(key);
        let end = self.walk(schema, takes, value, at);
        at.pop();
        end
    }

    fn note(
        &mut self,
        input: FileInput,
        place: Vec<Key>,
        form: FileForm,
        takes: &'static [FileKind],
    ) {
        let (path, form) = match input {
            FileInput::Upload(path) => (path, form),
            FileInput::Inline(path) => (path, FileForm::Inline),
            FileInput::Url(url) => return self.urls.push(url),
            FileInput::Asset(id) => return self.words.push(id),
        };
        self.files.push(LocalFile {
            path,
            place,
            form,
            takes,
        });
    }
}

/// Writes a place as the table writes it, such as `files[3]`.
pub(super) fn shown(at: &[Key]) -> String {
    let mut shown = String::new();
    for key in at {
        match key {
            Key::Member(name) if shown.is_empty() => shown.push_str(name),
            Key::Member(name) => shown = format!("{shown}.{name}"),
            Key::Item(index) => shown = format!("{shown}[{index}]"),
        }
    }
    shown
}

fn no_base64(place: &str) -> Failure {
    Failure::usage(
        format!("{place} does not take a file inside the request (base64); nothing was sent"),
        "leave out --inline or base64:, and the file is uploaded first",
    )
}

fn twice(one: &str, other: &str) -> Failure {
    Failure::usage(
        format!("{one} and {other} contradict each other; nothing was sent"),
        "leave one of them out",
    )
}
