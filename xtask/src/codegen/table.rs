//! The table of operations as the generator reads it.
//!
//! `crates/heygen-types/api/operations.json` is the one place where an operation is written down.
//! Unknown keys are refused, so that a misspelled one cannot be ignored without a word.

mod read;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

pub(crate) const FILE: &str = "crates/heygen-types/api/operations.json";

/// The sections of the file, for its schema.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The table of operations")]
#[expect(
    dead_code,
    reason = "the sections are read one by one, for better errors"
)]
pub(crate) struct Document {
    #[serde(rename = "$schema")]
    schema: String,
    about: About,
    /// The modules of `heygen-types`.
    modules: Vec<Module>,
    /// The groups of operations in `heygen-client`.
    groups: Vec<Group>,
    /// The types of ids.
    ids: Vec<Id>,
    /// The groups of commands that are no groups of `heygen-client`.
    command_groups: Vec<CommandGroup>,
    /// The lists of words that the server may extend.
    enums: Vec<OpenEnum>,
    /// The unions that have a Rust type.
    unions: Vec<Union>,
    /// The objects that several operations share, and those of unions.
    types: BTreeMap<String, Schema>,
    /// The operations, by path and method.
    operations: Vec<Operation>,
    /// Operations under development, in short.
    not_detailed: Vec<Value>,
}

/// The whole table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) about: About,
    pub(crate) modules: Vec<Module>,
    pub(crate) groups: Vec<Group>,
    pub(crate) ids: Vec<Id>,
    pub(crate) command_groups: Vec<CommandGroup>,
    pub(crate) enums: Vec<OpenEnum>,
    pub(crate) unions: Vec<Union>,
    pub(crate) types: BTreeMap<String, Schema>,
    pub(crate) operations: Vec<Operation>,
}

/// What the facts are about, and how to read them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct About {
    pub(crate) base_url: String,
    /// The errors that every operation declares.
    pub(crate) common_errors: Vec<Failure>,
    /// The error of a key without the scope, of every operation that has one.
    pub(crate) scope_error: Failure,
    #[serde(rename = "api")]
    _api: String,
    #[serde(rename = "snapshot")]
    _snapshot: Value,
    #[serde(rename = "reading")]
    _reading: Value,
    #[serde(rename = "list_cursor")]
    _list_cursor: Value,
}

/// A declared error.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failure {
    pub(crate) status: u16,
    /// `null` where a status is declared without a code.
    pub(crate) code: Option<String>,
    #[serde(default, rename = "param")]
    _param: Option<String>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// A module of `heygen-types`: one resource, or what several resources share.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// Whether its types stand at the root of the crate.
    #[serde(default)]
    pub(crate) at_root: bool,
    /// The public types that `src/by_hand` adds in its module of this name.
    #[serde(default)]
    pub(crate) types_by_hand: Vec<String>,
}

/// A group of operations in `heygen-client`: `client.lipsyncs()`, or `batches()` in it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// The path of the group below the client, such as `lipsyncs.batches`.
    pub(crate) name: String,
    /// The name of its type.
    pub(crate) rust: String,
    /// What the operations are about.
    pub(crate) doc: String,
    /// The word for one of its jobs, where it has jobs.
    pub(crate) singular: Option<String>,
    /// What has to be known about the wait for one of its jobs.
    pub(crate) wait_note: Option<String>,
}

impl Group {
    /// Returns the group that contains this one, and the method of it that returns this one.
    pub(crate) fn parent(&self) -> Option<(&str, &str)> {
        self.name.rsplit_once('.')
    }
}

/// A type of ids.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Id {
    /// The name of the type, which ends in `Id`.
    pub(crate) rust: String,
    pub(crate) doc: String,
}

/// A group of commands without methods of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommandGroup {
    /// The beginning of the ids of its operations.
    pub(crate) name: String,
    pub(crate) doc: String,
}

/// A list of words that the server may extend.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenEnum {
    pub(crate) rust: String,
    pub(crate) module: String,
    pub(crate) doc: String,
    pub(crate) values: Vec<EnumValue>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnumValue {
    pub(crate) rust: String,
    pub(crate) value: String,
    /// Other words for the same value.
    #[serde(default)]
    pub(crate) alias: Vec<String>,
    pub(crate) doc: String,
}

/// Objects of which a value is one, told apart by a tag.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Union {
    pub(crate) rust: String,
    pub(crate) module: String,
    /// Absent where the union is the body of an operation, which has the text.
    #[serde(default)]
    pub(crate) doc: String,
    /// Whether objects of unknown kinds are kept.
    #[serde(default)]
    pub(crate) open: bool,
    pub(crate) variants: Vec<Variant>,
    #[serde(default)]
    pub(crate) by_hand: Vec<ByHand>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    /// The value of the tag.
    pub(crate) value: String,
    /// The name of the object in `types`.
    pub(crate) r#type: String,
    /// In the events of a stream: the field with the reason, where the object says that the server
    /// could not finish it.
    #[serde(default)]
    pub(crate) failure: Option<String>,
    pub(crate) doc: String,
}

/// A part of a type that is not generated, because it holds logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ByHand {
    /// Everything.
    Type,
    /// The constructor.
    New,
    /// `check_rules`, which `validate` calls: the rules across fields.
    Rules,
    /// The method in `heygen-client`, of an operation.
    Method,
    /// The methods in `heygen-client` that fill a field. A required one starts empty.
    Setter,
}

/// The keys of every type, field, parameter, body and answer. One type stands for all of them, so
/// that the table is regular; what does not apply is absent.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Schema {
    pub(crate) name: String,
    /// The Rust type, where it does not follow from `type`.
    pub(crate) rust: Option<String>,
    pub(crate) module: Option<String>,
    pub(crate) r#type: Option<Kind>,
    #[serde(rename = "ref")]
    pub(crate) reference: Option<String>,
    pub(crate) union: Vec<String>,
    pub(crate) tag: Option<String>,
    pub(crate) tag_value: Option<String>,
    pub(crate) tag_values: Vec<String>,
    pub(crate) items: Option<Box<Self>>,
    pub(crate) values: Option<Box<Self>>,
    pub(crate) fields: Option<Vec<Self>>,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    /// The function of `lenient` that reads a required field of an answer, where it is not read as
    /// declared.
    pub(crate) read: Option<Read>,
    /// Whether answers without the field are seen although it is declared as required. A request
    /// that succeeded must not look like a failure for it.
    pub(crate) may_be_absent: bool,
    /// The number that stands for a required field that an answer leaves out.
    pub(crate) when_absent: Option<u64>,
    /// Whether a request that says `null` means something else than one without the field.
    pub(crate) null_is_a_value: bool,
    pub(crate) strict: bool,
    pub(crate) r#enum: Vec<String>,
    pub(crate) min_length: Option<u64>,
    /// The fewest characters in a request, where an answer may have fewer.
    pub(crate) request_min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) min: Option<f64>,
    pub(crate) exclusive_min: Option<f64>,
    pub(crate) max: Option<f64>,
    /// The kinds of files that a field takes.
    pub(crate) takes: Vec<FileKind>,
    /// The word for one item of a list, which is filled item by item in `heygen-client`.
    pub(crate) singular: Option<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    /// How many fields have to be set: 1 where a request must change something.
    pub(crate) min_properties: Option<u64>,
    /// The constant in `limits` that holds the limits of this field.
    pub(crate) limit: Option<String>,
    pub(crate) job: Option<Job>,
    /// The parameters of the constructor, where they are not the required fields in their order.
    pub(crate) new: Option<Vec<String>>,
    pub(crate) by_hand: Vec<ByHand>,
    pub(crate) doc: Option<String>,
    /// What the type of a field is, where the field defines it in place.
    pub(crate) type_doc: Option<String>,
    pub(crate) encoding: Option<String>,
    pub(crate) envelope: Option<String>,
    pub(crate) status: Option<u16>,
    /// The headers of an answer that are described.
    pub(crate) headers: Vec<Header>,
    pub(crate) deprecated: bool,
    pub(crate) format: Value,
    pub(crate) default: Value,
    #[serde(rename = "const")]
    pub(crate) constant: Value,
    /// A value for examples, where the made-up one would not be accepted. A field that is not
    /// required is a part of the example if it has one.
    pub(crate) example: Value,
    /// What else is known, for those who work on this project.
    pub(crate) note: Option<String>,
    /// What the command line sends in place of an absent field.
    pub(crate) cli_default: Value,
    // Facts that nothing is generated from.
    #[serde(rename = "changed_since_cli")]
    _changed_since_cli: Value,
    #[serde(rename = "changed_since_spec")]
    _changed_since_spec: Value,
}

impl Schema {
    /// Returns what is described inside: the fields, the items and the values.
    pub(crate) fn inner(&self) -> impl Iterator<Item = &Self> {
        let fields = self.fields.iter().flatten();
        fields
            .chain(self.items.as_deref())
            .chain(self.values.as_deref())
    }

    /// Returns the fewest characters that a request may send.
    pub(crate) fn min_length(&self) -> Option<u64> {
        self.request_min_length.or(self.min_length)
    }

    /// Returns the text above the type that is defined here. An object without one is a use of a
    /// type that is defined elsewhere.
    pub(crate) fn definition(&self) -> Option<&str> {
        let text = if self.name.is_empty() {
            &self.doc
        } else {
            &self.type_doc
        };
        self.fields.as_ref().and(text.as_deref())
    }
}

/// A header of an answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) note: String,
}

/// How a required field of an answer is read, where it is not read as declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Read {
    /// `null` is empty.
    NullAsDefault,
    /// A text that the answer is for: an empty one is refused.
    Given,
    /// A list in which every item has its place: none is left out.
    AllItems,
}

impl Read {
    pub(crate) fn function(self) -> &'static str {
        match self {
            Self::NullAsDefault => "null_as_default",
            Self::Given => "given",
            Self::AllItems => "all_items",
        }
    }
}

/// A kind of files that a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileKind {
    Image,
    Video,
    Audio,
    Subtitles,
    /// A ZIP file.
    Archive,
    /// Every accepted type.
    Any,
}

impl FileKind {
    /// Returns the words for one file of this kind, with the article.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Image => "an image",
            Self::Video => "a video",
            Self::Audio => "an audio file",
            Self::Subtitles => "a subtitle file",
            Self::Archive => "a ZIP file",
            Self::Any => "any accepted file",
        }
    }
}

/// The type of a value in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    Map,
}

/// How the record of a job says where the job stands.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Job {
    pub(crate) completed: Vec<String>,
    #[serde(default)]
    pub(crate) needs_input: Vec<String>,
    pub(crate) failed: Vec<String>,
    /// The field with the reason in words.
    pub(crate) message: Option<String>,
    /// The field with the reason as a code.
    pub(crate) code: Option<String>,
    /// The field that is a `coded_error`, in place of the two above.
    pub(crate) error: Option<String>,
    /// The field with the percentage.
    pub(crate) progress: Option<String>,
}

/// The job that an operation starts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Starts {
    /// The operation that reads the record of the job.
    pub(crate) job: String,
    /// The field of the answer with the id of the job, or the list of ids when there are several;
    /// with a dot where it is inside an object.
    pub(crate) id: String,
    /// Whether the job existed before and continues, so that its record may lag behind.
    #[serde(default)]
    pub(crate) resumes: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The name of the type and of the value in `OperationId`.
    pub(crate) rust: String,
    /// The group and method in `heygen-client`, where they are not the id.
    pub(crate) client: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) doc: String,
    /// Examples of its command, without the name of the program, where those that can be made up
    /// from the required fields say too little.
    #[serde(default)]
    pub(crate) examples: Vec<String>,
    /// The job that the operation starts.
    pub(crate) starts: Option<Starts>,
    pub(crate) path_params: Vec<Schema>,
    pub(crate) query: Vec<Schema>,
    pub(crate) body: Schema,
    pub(crate) response: Schema,
    #[serde(default)]
    pub(crate) idempotency_key: bool,
    /// The field of the body that does the work of `Idempotency-Key`.
    pub(crate) body_key: Option<String>,
    /// The statuses of the server's own failures that mean that nothing was carried out, so that
    /// the request can be repeated without a key.
    #[serde(default)]
    pub(crate) not_carried_out: Vec<u16>,
    pub(crate) paginated: bool,
    #[serde(default)]
    pub(crate) beta: bool,
    #[serde(default)]
    pub(crate) preview: bool,
    pub(crate) new: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) by_hand: Vec<ByHand>,
    #[serde(default)]
    pub(crate) oauth_scope: Option<String>,
    /// The errors that the operation declares beyond those that every operation declares.
    #[serde(default)]
    pub(crate) errors: Vec<Failure>,
    #[serde(default)]
    pub(crate) note: Option<String>,
    // Facts that nothing is generated from.
    #[serde(default, rename = "idempotency_source")]
    _idempotency_source: Value,
    #[serde(default, rename = "source")]
    _source: Value,
    #[serde(default, rename = "changed_since_cli")]
    _changed_since_cli: Value,
    #[serde(default, rename = "changed_since_spec")]
    _changed_since_spec: Value,
}

impl Operation {
    /// Returns the module of the operation: the first word of its id.
    pub(crate) fn module(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// Returns the group and the method in `heygen-client`.
    pub(crate) fn call(&self) -> (&str, &str) {
        let path = self.client.as_deref().unwrap_or(&self.id);
        path.rsplit_once('.').unwrap_or((path, ""))
    }

    /// Returns the HTTP line, and whether the operation may change at short notice.
    pub(crate) fn line(&self) -> String {
        let maturity = match (self.beta, self.preview) {
            (true, _) => " (beta)",
            (_, true) => " (preview)",
            _ => "",
        };
        format!("`{} {}`{maturity}", self.method, self.path)
    }

    /// Returns what the operation does: the first paragraph of its text.
    pub(crate) fn summary(&self) -> &str {
        self.doc.split("\n\n").next().unwrap_or_default()
    }

    /// Returns the documentation of the type: summary, HTTP line, and the rest.
    pub(crate) fn documentation(&self) -> String {
        let rest = &self.doc[self.summary().len()..];
        format!("{}\n\n{}{rest}", self.summary(), self.line())
    }

    /// Returns whether the operation itself is the body of its request.
    pub(crate) fn is_body(&self) -> bool {
        self.body.rust.as_ref() == Some(&self.rust)
    }

    /// Returns whether the answer is a stream of events.
    pub(crate) fn is_stream(&self) -> bool {
        self.response.envelope.as_deref() == Some("stream")
    }

    pub(crate) fn is_by_hand(&self) -> bool {
        self.by_hand.contains(&ByHand::Type)
    }

    pub(crate) fn has_json_body(&self) -> bool {
        self.body.encoding.as_deref() == Some("json")
    }
}
