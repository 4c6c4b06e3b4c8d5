//! Answers of operations that have no behavior of their own.

use std::time::Duration;

use heygen_types::{
    Envelope, Method,
    table::{OperationEntry, Schema, SchemaType},
};
use serde_json::{Value, json};

use super::{
    Answer, Call,
    models::{event, stream_of},
    page::Slice,
    viewer::iso,
};
use crate::ids::Ids;

/// Answers with a minimal response that fits the schema: the required fields, an empty page for a
/// list, one event for a stream. It repeats the ids of the path.
pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    let operation = call.entry();
    if operation.envelope == Envelope::List {
        return call.list(Slice::whole(Vec::new()));
    }
    let mut sampler = Sampler::new(call.now, &mut call.state.ids, operation, call.parameters);
    let sample = sampler.value("", &operation.response);
    // The ids that were made are not to be made again after a restart.
    call.state.is_dirty = true;
    match operation.envelope {
        Envelope::Stream => stream_of(vec![event(&sample)]),
        _ => call.data(sample),
    }
}

/// Builds values that fit their schemas: the first listed value, the lowest number, the shortest
/// list. Equal states give equal values.
struct Sampler<'a> {
    now: Duration,
    ids: &'a mut Ids,
    operation: &'a OperationEntry,
    /// The values of the parameters of the path.
    parameters: &'a [String],
}

impl<'a> Sampler<'a> {
    const fn new(
        now: Duration,
        ids: &'a mut Ids,
        operation: &'a OperationEntry,
        parameters: &'a [String],
    ) -> Self {
        Self {
            now,
            ids,
            operation,
            parameters,
        }
    }

    fn value(&mut self, name: &str, schema: &Schema) -> Value {
        if let Some(constant) = &schema.constant {
            return json!(constant);
        }
        let above = schema.exclusive_min.map(|min| min + 1.0);
        let lowest = schema.min.or(above).unwrap_or_default();
        let lowest = lowest.min(schema.max.unwrap_or(lowest));
        match schema.r#type {
            Some(SchemaType::String) => {
                let text = self.text(name, schema);
                let max = schema.max_length.unwrap_or(usize::MAX);
                text.chars().take(max).collect::<String>().into()
            }
            Some(SchemaType::Integer) if name.ends_with("_at") => self.now.as_secs().into(),
            Some(SchemaType::Integer) => (lowest as i64).into(),
            Some(SchemaType::Number) => lowest.into(),
            Some(SchemaType::Boolean) => false.into(),
            Some(SchemaType::Array) => {
                let count = schema.min_items.unwrap_or_default();
                let items = schema
                    .items
                    .iter()
                    .flat_map(|item| (0..count).map(move |_| item));
                items.map(|item| self.value(name, item)).collect()
            }
            Some(SchemaType::Map) => json!({}),
            _ => self.object(schema),
        }
    }

    /// Fills the required fields of an object; of a union, those of its first object.
    fn object(&mut self, schema: &Schema) -> Value {
        let objects = schema.objects();
        let object = objects
            .first()
            .expect("a schema without a type is an object");
        let mut sample = json!({});
        for field in object.fields.iter().filter(|field| field.required) {
            let name = field.name;
            sample[name] = match field.nullable {
                true => Value::Null,
                false => self.value(name, field),
            };
        }
        if let (Some(tag), Some(value)) = (schema.tag, object.tag_value) {
            sample[tag] = json!(value);
        }
        sample
    }

    fn text(&mut self, name: &str, schema: &Schema) -> String {
        if let Some(first) = schema.values.first() {
            return (*first).to_owned();
        }
        let names = self.operation.path_params.iter();
        let mut known = names.zip(self.parameters);
        if let Some((_, value)) = known.find(|(known, _)| ***known == *name) {
            return value.clone();
        }
        match (name, self.parameters.last()) {
            // The path ends in what the answer is about, unless something is made of it.
            ("id", Some(id)) if self.is_about_path() => id.clone(),
            ("id", _) => {
                let resource = self
                    .operation
                    .id
                    .as_str()
                    .rsplit('.')
                    .nth(1)
                    .unwrap_or_default();
                self.ids.next(resource.trim_end_matches('s'))
            }
            _ if name.ends_with("_id") => self.ids.next(name.trim_end_matches("_id")),
            _ if name.ends_with("url") => format!("https://example.com/{name}"),
            _ if name.ends_with("_at") => iso(self.now),
            _ => format!("{name:x<0$}", schema.min_length.unwrap_or_default()),
        }
    }

    fn is_about_path(&self) -> bool {
        self.operation.path.ends_with('}') && self.operation.method != Method::Post
    }
}

#[cfg(test)]
mod tests {
    use heygen_types::{
        Data, Json, Operation, OperationId,
        table::{self, Strictness},
    };

    use super::*;
    use crate::{
        KeyScopes, Settings, exchange::Payload, keys::Keys, state::State, storage::Signer,
    };

    /// Reads a whole answer, or an event of a stream, as the type of the operation does.
    type Reader = fn(&str) -> Result<(), serde_json::Error>;

    fn read<O: Operation>(text: &str) -> Result<(), serde_json::Error> {
        match O::ENVELOPE {
            Envelope::Data => serde_json::from_str::<Data<O::Response>>(text).map(drop),
            _ => serde_json::from_str::<O::Response>(text).map(drop),
        }
    }

    macro_rules! readers {
        ($($operation:ty,)*) => {
            [$((<$operation>::ID, read::<$operation> as Reader)),*]
        };
    }

    #[test]
    fn every_operation_can_be_answered_with_a_sample() {
        let settings = Settings::default();
        let signer = Signer::new("http://127.0.0.1", "secret".to_owned()).unwrap();
        let keys = Keys::new("key".to_owned().into(), KeyScopes::Full, None);
        let mut state = State::new(0);
        for (id, read) in heygen_types::for_each_operation!(readers) {
            let operation = OperationId::find(id).unwrap();
            let entry = table::operation(operation);
            let names = entry.path_params.iter();
            let parameters: Vec<String> = names.map(|name| format!("the_{name}")).collect();
            let mut call = Call {
                now: NOW,
                settings: &settings,
                signer: &signer,
                state: &mut state,
                key: keys.get(0),
                operation,
                parameters: &parameters,
                query: "",
                fault: None,
            };
            let response = answer(&mut call).unwrap();
            assert_eq!(response.status().as_u16(), entry.status, "{id}");
            let text = match response.body() {
                Payload::Stream(events) => {
                    let [event, end] = &events[..] else {
                        panic!("{id} has one event and an end");
                    };
                    assert_eq!(end, "data: [DONE]\n\n");
                    event.strip_prefix(b"data: ").unwrap().to_vec()
                }
                body => body.read().unwrap().to_vec(),
            };
            let text = String::from_utf8(text).unwrap();
            if let Err(error) = read(&text) {
                panic!("{id} is not read by its type: {error}: {text}");
            }

            let sample = |ids: &mut Ids| {
                let mut sampler = Sampler::new(NOW, ids, entry, &parameters);
                sampler.value("", &entry.response)
            };
            let one = sample(&mut Ids::new(0, 0));
            assert_eq!(one, sample(&mut Ids::new(0, 0)), "{id}");
            let json: Json = serde_json::from_value(one.clone()).unwrap();
            if let Err(violation) = entry.response.check(&json, Strictness::default()) {
                panic!("{id}: {violation}: {one}");
            }
            if entry.envelope == Envelope::List {
                let page = json!({ "data": [one], "has_more": false }).to_string();
                if let Err(error) = read(&page) {
                    panic!("{id} is not read by its type: {error}: {page}");
                }
            }
        }
    }

    #[test]
    fn samples_name_what_the_path_names() {
        let sample = |operation, parameter: &str| {
            let (mut ids, parameters) = (Ids::new(0, 0), [parameter.to_owned()]);
            let entry = table::operation(operation);
            Sampler::new(NOW, &mut ids, entry, &parameters).value("", &entry.response)
        };
        assert_eq!(sample(OperationId::DeleteAsset, "a")["id"], "a");
        assert_eq!(sample(OperationId::GetRender, "r")["render_id"], "r");
        let stopped = sample(OperationId::StopVideoAgent, "s");
        assert_eq!(stopped, json!({ "session_id": "s" }));
        // The path of this one names a template, its answer is a video.
        assert_ne!(sample(OperationId::GenerateFromTemplate, "t")["id"], "t");
        let created = sample(OperationId::CreateLipsync, "");
        let id = created["lipsync_id"].as_str().unwrap();
        assert!(id.starts_with("lipsync_"), "{id}");
    }

    const NOW: Duration = Duration::from_secs(1_790_000_000);
}
