//! What a request is about, and whether its answer is about the same.

use std::borrow::Cow;

use heygen_types::{Method, Operation};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::{Error, ErrorKind};

/// What a request names: in its path, its query, and its body.
pub(crate) struct About<'a> {
    method: Method,
    /// The path with its parameters in braces.
    template: &'a str,
    params: Vec<Cow<'a, str>>,
    query: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// What a request names in its body, when the path names only the kind of it.
    in_body: Option<(String, String)>,
    /// Whether foreign entries of a list are left in it.
    keeps_foreign: bool,
}

impl<'a> About<'a> {
    pub(super) fn operation<O: Operation>(operation: &'a O) -> Self {
        let params = operation.path_params().into_iter().map(Cow::Borrowed);
        let query = operation.query().into_iter();
        let query = query.map(|(name, value)| (Cow::Borrowed(name), Cow::Owned(value)));
        let mut about = Self {
            method: O::METHOD,
            template: O::PATH,
            params: params.collect(),
            query: query.collect(),
            in_body: None,
            keeps_foreign: false,
        };
        if about.looks_into_body() {
            let body = serde_json::to_value(operation.body()).unwrap_or_default();
            about.in_body = about.named_in(&body);
        }
        about
    }

    /// Reads what a request is about from its path, where that fits the template.
    pub(crate) fn request(
        (method, template, path): (Method, &'a str, &'a str),
        query: &'a [(String, String)],
        body: Option<&[u8]>,
    ) -> Self {
        let segments = template.split('/').zip(path.split('/'));
        let params = segments.filter(|(name, _)| name.starts_with('{'));
        let params = params.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy());
        let query = query
            .iter()
            .map(|(name, value)| (Cow::Borrowed(name.as_str()), Cow::Borrowed(value.as_str())));
        let mut about = Self {
            method,
            template,
            params: params.collect(),
            query: query.collect(),
            in_body: None,
            keeps_foreign: false,
        };
        if let Some(body) = body.filter(|_| about.looks_into_body()) {
            let body = serde_json::from_slice(body).unwrap_or_default();
            about.in_body = about.named_in(&body);
        }
        about
    }

    const fn looks_into_body(&self) -> bool {
        matches!(self.method, Method::Post) && self.params.is_empty()
    }

    /// Leaves foreign entries in a list: the machine of uploads judges them itself.
    pub(super) const fn keeping_foreign(mut self) -> Self {
        self.keeps_foreign = true;
        self
    }

    /// Returns whether an answer in which nothing stands is a good one. An upload has to know what
    /// became of its bytes, and all of its requests can be sent again.
    pub(super) fn may_be_empty(&self) -> bool {
        self.changes() && !self.keeps_foreign
    }

    pub(super) const fn method(&self) -> Method {
        self.method
    }

    /// Returns whether the request changes something, so that its answer may well be empty.
    pub(super) fn changes(&self) -> bool {
        self.method != Method::Get
    }

    /// Finds the id of what the path ends with: `/v3/assets/complete/batches` is about the
    /// `batch_id` of its body.
    fn named_in(&self, body: &Value) -> Option<(String, String)> {
        let kind = self.template.rsplit('/').next()?.strip_suffix("es")?;
        let name = format!("{}_id", kind.replace('-', "_"));
        let id = body.get(&name)?.as_str()?.to_owned();
        Some((name, id))
    }

    /// Returns the parameters of the path with what stands in their places.
    fn named(&self) -> impl Iterator<Item = (&'a str, &str)> {
        let names = self.template.split('{').skip(1);
        let names = names.filter_map(|rest| rest.split('}').next());
        names.zip(self.params.iter().map(Cow::as_ref))
    }

    /// Compares every id in a resource with the one that was asked for, and puts in those that the
    /// answer leaves out.
    pub(super) fn settle(&self, resource: &mut Map<String, Value>) -> Result<(), OtherThing> {
        let last = self.named().last();
        for (name, asked) in self.named() {
            compare(resource, name, asked)?;
        }
        if let Some((name, asked)) = &self.in_body {
            compare(resource, name, asked)?;
        }
        let Some((name, asked)) = last else {
            return Ok(());
        };
        let has_own_name = resource.contains_key(name);
        // An asset is `id` in one answer and `asset_id` in another, and never something else beside it.
        let is_about_itself = !self.makes_another() && (!has_own_name || name == "asset_id");
        if is_about_itself {
            compare(resource, "id", asked)?;
        }
        for name in self.other_names(name) {
            compare(resource, &name, asked)?;
        }
        let kind = name.strip_suffix("_id").unwrap_or(name);
        let holds = |member: &str| {
            let rest = member.strip_suffix(kind);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
        };
        for (member, value) in resource.iter() {
            if let Some(inner) = value.as_object().filter(|_| holds(member)) {
                compare(inner, "id", asked)?;
                compare(inner, name, asked)?;
            }
        }
        let fills_id = is_about_itself && !has_own_name && self.method != Method::Post;
        for (name, asked) in self.named().chain(fills_id.then_some(("id", asked))) {
            fill(resource, name, asked.into());
        }
        if self.method == Method::Delete {
            fill(resource, "deleted", true.into());
        }
        Ok(())
    }

    /// Returns whether the request makes another thing of the one that it names, with an `id` of its own.
    fn makes_another(&self) -> bool {
        const MAKERS: [&str; 3] = [
            "/v3/avatars/{group_id}/consent",
            "/v3/templates/{template_id}",
            "/v3/video-translations/proofreads/{proofread_id}/generate",
        ];
        self.method == Method::Post && MAKERS.contains(&self.template)
    }

    /// Returns what else the API calls the id behind a parameter: a job is named after what it does
    /// (`ai_clipping_id`), and `brand_glossary_id` is also a `glossary_id`.
    fn other_names(&self, name: &str) -> Vec<String> {
        if name == "job_id" {
            let kind = self.template.split("/{").next().unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default();
            let kind = kind.strip_suffix('s').unwrap_or(kind);
            return vec![format!("{}_id", kind.replace('-', "_"))];
        }
        let short = name.split_once('_').map(|(_, short)| short);
        let short = short.filter(|short| short.ends_with("_id"));
        short.into_iter().map(str::to_owned).collect()
    }

    /// Looks for lists of statuses where none is expected, such as `{"videos": […]}`.
    pub(super) fn settle_inner_lists(
        &self,
        resource: &Map<String, Value>,
    ) -> Result<(), OtherThing> {
        if !self.query.iter().any(|(name, _)| name.ends_with("_ids")) {
            return Ok(());
        }
        let entries = resource.values().filter_map(Value::as_array).flatten();
        let entries = entries.filter_map(|entry| Some((entry, entry.as_object()?)));
        let mut foreign = entries.filter(|(_, members)| !self.asks_for(members));
        foreign
            .next()
            .map_or(Ok(()), |(entry, _)| Err(self.other_entry(entry)))
    }

    /// Takes out of a list what was not asked for, and returns whether there was such an entry. A
    /// list of nothing else is about something else.
    pub(super) fn settle_list(&self, entries: &mut Vec<Value>) -> Result<bool, OtherThing> {
        if self.keeps_foreign {
            return Ok(false);
        }
        let before = entries.len();
        let is_mine = |entry: &Value| entry.as_object().is_none_or(|entry| self.asks_for(entry));
        let foreign = entries.iter().find(|entry| !is_mine(entry)).cloned();
        entries.retain(is_mine);
        match foreign {
            Some(foreign) if entries.is_empty() => Err(self.other_entry(&foreign)),
            _ => Ok(entries.len() < before),
        }
    }

    fn other_entry(&self, entry: &Value) -> OtherThing {
        let names = ["video_id", "id", "batch_id", "session_id"];
        let id = names
            .iter()
            .find_map(|name| id_of(entry.as_object()?, name));
        let lists = self.query.iter().filter(|(name, _)| name.ends_with("_ids"));
        let asked = self.params.iter().chain(lists.map(|(_, ids)| ids));
        let asked: Vec<&str> = asked.map(Cow::as_ref).collect();
        OtherThing {
            answered: id.map_or_else(|| "something else".to_owned(), Cow::into_owned),
            asked: asked.join(","),
        }
    }

    fn asks_for(&self, entry: &Map<String, Value>) -> bool {
        if self
            .named()
            .any(|(name, asked)| is(entry, name, asked) == Some(false))
        {
            return false;
        }
        // A list in the place of the one thing that was asked for.
        if self.template.ends_with('}') && self.settle(&mut entry.clone()).is_err() {
            return false;
        }
        let lists = self.query.iter().filter(|(name, _)| name.ends_with("_ids"));
        let (batches, things): (Vec<_>, Vec<_>) = lists.partition(|(name, _)| name == "batch_ids");
        if batches.is_empty() && things.is_empty() {
            return true;
        }
        let any_of = |lists: &[&(Cow<'_, str>, Cow<'_, str>)], id: &str| {
            lists
                .iter()
                .any(|(_, ids)| ids.split(',').any(|asked| asked == id))
        };
        let batch = id_of(entry, "batch_id");
        if batch.as_ref().is_some_and(|batch| any_of(&batches, batch)) {
            return true;
        }
        // The API calls every kind of thing a video here.
        let names = things.iter().map(|(name, _)| name.trim_end_matches('s'));
        let thing = ["video_id"].into_iter().chain(names).chain(["id"]);
        let thing = thing.filter_map(|name| id_of(entry, name)).next();
        match thing {
            Some(thing) if !things.is_empty() => any_of(&things, &thing),
            // Where only batches were asked for, the batch decides; nothing else says whose it is.
            _ => batch.is_none() || batches.is_empty(),
        }
    }
}

/// Puts a member in that an answer leaves out.
pub(super) fn fill(resource: &mut Map<String, Value>, name: &str, known: Value) {
    let there = resource.get(name);
    if there.is_none_or(|there| there.is_null() || there.as_str() == Some("")) {
        resource.insert(name.to_owned(), known);
    }
}

fn compare(resource: &Map<String, Value>, name: &str, asked: &str) -> Result<(), OtherThing> {
    let other = |answered: &str| {
        Err(OtherThing {
            answered: answered.to_owned(),
            asked: asked.to_owned(),
        })
    };
    match (id_of(resource, name), resource.get(name)) {
        (Some(answered), _) if answered != asked => other(&answered),
        // What stands there is no id of anything.
        (None, Some(Value::Array(_) | Value::Object(_) | Value::Bool(_))) => {
            other("something else")
        }
        _ => Ok(()),
    }
}

fn is(entry: &Map<String, Value>, name: &str, asked: &str) -> Option<bool> {
    id_of(entry, name).map(|id| id == asked)
}

/// Returns an id, also one that is written as a number.
fn id_of<'a>(resource: &'a Map<String, Value>, name: &str) -> Option<Cow<'a, str>> {
    match resource.get(name)? {
        Value::String(id) if !id.is_empty() => Some(id.into()),
        Value::Number(id) => Some(id.to_string().into()),
        _ => None,
    }
}

/// An answer about something else.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OtherThing {
    answered: String,
    asked: String,
}

impl OtherThing {
    pub(super) fn answered(&self) -> &str {
        &self.answered
    }

    pub(crate) fn into_error(self, method: Method, clean: impl Fn(&str) -> String) -> Error {
        let (answered, asked) = (clean(&self.answered), self.asked);
        let mut message = format!("the server answered about {answered}, asked for {asked}");
        let hint = match method {
            Method::Get => "check any proxy or cache on the way to the API, then ask again",
            _ => {
                message.push_str("; what became of the request is not known");
                "look at what you asked for before you send the request again"
            }
        };
        Error::local(ErrorKind::Integrity, message, hint)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settled(method: Method, template: &str, path: &str, resource: &Value) -> Option<Value> {
        let about = About::request((method, template, path), &[], None);
        let mut resource = resource.as_object().unwrap().clone();
        about.settle(&mut resource).ok().map(|()| resource.into())
    }

    #[test]
    fn an_answer_about_something_else_is_noticed() {
        let get = |template: &str, path: &str, resource: Value| {
            settled(Method::Get, template, path, &resource).is_some()
        };
        let video = "/v3/videos/{video_id}";
        for (mine, resource) in [
            (true, json!({"id": "a/b"})),
            (true, json!({})),
            (true, json!({"id": null, "video_id": ""})),
            // The id under its own name is the one that counts.
            (true, json!({"id": "row 7", "video_id": "a/b"})),
            (false, json!({"id": "c"})),
            (false, json!({"id": 7})),
            (false, json!({"id": ["a/b"]})),
            (false, json!({"id": {"id": "c"}})),
            (false, json!({"id": true})),
            (false, json!({"id": "a/b", "video_id": "c"})),
        ] {
            assert_eq!(
                get(video, "/v3/videos/a%2Fb", resource.clone()),
                mine,
                "{resource}"
            );
        }
        let resource = "/v3/video-agents/{session_id}/resources/{resource_id}";
        let path = "/v3/video-agents/s/resources/r";
        assert!(get(resource, path, json!({"resource_id": "r"})));
        assert!(!get(resource, path, json!({"resource_id": "s"})));
        assert!(!get(
            resource,
            path,
            json!({"resource_id": "r", "session_id": "t"})
        ));

        for (mine, template, path, resource) in [
            (
                true,
                "/v3/ai-clipping/{job_id}",
                "/v3/ai-clipping/j",
                json!({"ai_clipping_id": "j"}),
            ),
            (
                false,
                "/v3/ai-clipping/{job_id}",
                "/v3/ai-clipping/j",
                json!({"ai_clipping_id": "k"}),
            ),
            (
                false,
                "/v3/background-removals/{job_id}",
                "/v3/background-removals/j",
                json!({"background_removal_id": "k"}),
            ),
            (
                false,
                "/v3/brand-glossaries/{brand_glossary_id}",
                "/v3/brand-glossaries/g",
                json!({"glossary_id": "h"}),
            ),
        ] {
            assert_eq!(get(template, path, resource.clone()), mine, "{resource}");
        }

        let post = |template: &str, path: &str, resource: Value| {
            settled(Method::Post, template, path, &resource).is_some()
        };
        let template = "/v3/templates/{template_id}";
        assert!(post(
            template,
            "/v3/templates/t",
            json!({"id": "a new video"})
        ));
        let complete = "/v3/assets/{asset_id}/complete";
        for (mine, resource) in [
            (true, json!({"asset_id": "a", "id": "a"})),
            (true, json!({"id": "a"})),
            (false, json!({"id": "b"})),
            (false, json!({"id": "b", "asset_id": null})),
            (false, json!({"id": "b", "asset_id": "a"})),
        ] {
            let settled = post(complete, "/v3/assets/a/complete", resource.clone());
            assert_eq!(settled, mine, "{resource}");
        }
        let message = "/v3/video-agents/{session_id}";
        assert!(!post(
            message,
            "/v3/video-agents/s",
            json!({"id": "t", "run_id": "r"})
        ));
        assert!(post(
            message,
            "/v3/video-agents/s",
            json!({"session_id": "s", "id": "m"})
        ));
        let consent = "/v3/avatars/{group_id}/consent";
        let group = |id| json!({"avatar_group": {"id": id}, "url": "https://a.example"});
        assert!(post(consent, "/v3/avatars/g/consent", group("g")));
        assert!(!post(consent, "/v3/avatars/g/consent", group("h")));
    }

    #[test]
    fn what_an_answer_leaves_out_is_known_from_the_request() {
        let path = "/v3/video-agents/s";
        let filled = settled(
            Method::Get,
            "/v3/video-agents/{session_id}",
            path,
            &json!({"id": ""}),
        );
        assert_eq!(filled, Some(json!({"id": "s", "session_id": "s"})));
        let gone = settled(
            Method::Delete,
            "/v3/videos/{video_id}",
            "/v3/videos/v",
            &json!({}),
        );
        assert_eq!(
            gone,
            Some(json!({"id": "v", "video_id": "v", "deleted": true}))
        );
    }

    #[test]
    fn a_body_can_name_what_the_path_names_the_kind_of() {
        let path = "/v3/assets/complete/batches";
        let body = br#"{"batch_id":"b"}"#;
        let about = About::request((Method::Post, path, path), &[], Some(body));
        let settle = |id: &str| {
            let mut answer = Map::from_iter([("batch_id".to_owned(), id.into())]);
            about.settle(&mut answer).is_ok()
        };
        assert!(settle("b") && !settle("c"));
    }

    #[test]
    fn a_list_in_another_place_is_looked_into() {
        let path = "/v3/videos/mine";
        let about = About::request((Method::Get, "/v3/videos/{video_id}", path), &[], None);
        let list = |id: &str| about.settle_list(&mut vec![json!({"id": id})]);
        assert!(list("mine").is_ok() && list("theirs").is_err());

        let query = [("video_ids".to_owned(), "mine".to_owned())];
        let path = "/v3/videos/statuses";
        let about = About::request((Method::Get, path, path), &query, None);
        let inner = |id: &str| {
            let list = json!([{"video_id": id, "status": "failed"}]);
            about.settle_inner_lists(&Map::from_iter([("videos".to_owned(), list)]))
        };
        assert!(inner("mine").is_ok() && inner("theirs").is_err());
    }

    #[test]
    fn foreign_entries_of_a_list_are_left_out() {
        let kept = |query: &[(&str, &str)], entries: Value| {
            let query = query
                .iter()
                .map(|(name, ids)| ((*name).to_owned(), (*ids).to_owned()));
            let query: Vec<_> = query.collect();
            let path = "/v3/videos/statuses";
            let about = About::request((Method::Get, path, path), &query, None);
            let Value::Array(mut entries) = entries else {
                panic!("a list")
            };
            let end = about.settle_list(&mut entries);
            assert_eq!(end.is_err(), entries.is_empty());
            let names = entries.iter().filter_map(|entry| entry["n"].as_str());
            names.collect::<String>()
        };
        let entries = json!([
            {"n": "a", "video_id": "a"},
            {"n": "b", "video_id": "b"},
            {"n": "c", "video_id": "c", "batch_id": "x"},
            {"n": "d", "batch_id": "y"},
            {"n": "e"},
            {"n": "f", "video_id": "f", "batch_id": "y", "status": "failed"},
        ]);
        for (query, expected) in [
            (&[("video_ids", "a,c")][..], "acde"),
            (&[("batch_ids", "x")], "abce"),
            (&[("video_ids", "b"), ("batch_ids", "y")], "bdef"),
            (&[("limit", "1")], "abcdef"),
        ] {
            assert_eq!(kept(query, entries.clone()), expected, "{query:?}");
        }
        // Lists of other things call them by their own name, or all of them videos.
        let entries = json!([{"n": "a", "lipsync_id": "a"}, {"n": "b", "lipsync_id": "b"}]);
        assert_eq!(kept(&[("lipsync_ids", "b")], entries.clone()), "b");
        assert_eq!(kept(&[("lipsync_ids", "c")], entries), "");
    }
}
