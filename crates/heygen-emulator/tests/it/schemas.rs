//! What the table says of queries and bodies holds for every operation.

use heygen_types::{
    BodyEncoding,
    table::{OPERATIONS, OperationEntry, Schema, SchemaType},
};
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::bench::{Answer, Bench, link, png};

/// A query as pairs.
pub(crate) type Query = Vec<(String, Value)>;

fn bench() -> Bench {
    Bench::with(|settings| settings.speech_rate_limit = None)
}

#[test]
fn every_operation_understands_a_plain_request() {
    let mut bench = bench();
    for operation in OPERATIONS.iter() {
        let answer = plain_request(&mut bench, operation);
        assert!(answer.status < 500, "{}", operation.id);
    }
}

#[test]
fn every_field_of_a_body_is_judged_and_named() {
    let mut bench = bench();
    for operation in json_operations() {
        for object in operation.body.objects() {
            let plain = plain_object(&operation.body, object);
            for field in object.fields.iter() {
                let mut wrong = wrong_values(field);
                wrong.extend((!field.nullable).then_some(Value::Null));
                for value in wrong {
                    let mut body = plain.clone();
                    body[field.name] = value;
                    let answer = send(&mut bench, operation, &plain_query(operation), &body);
                    assert_named(operation, &answer, field.name, &body);
                }
                if field.required {
                    let mut body = plain.clone();
                    body.as_object_mut().unwrap().remove(field.name);
                    let answer = send(&mut bench, operation, &plain_query(operation), &body);
                    assert_named(operation, &answer, field.name, &body);
                }
            }
        }
    }
}

#[test]
fn every_parameter_of_a_query_is_judged_and_named() {
    let mut bench = bench();
    for operation in OPERATIONS.iter() {
        let body = plain_value(&operation.body);
        for parameter in operation.query.iter() {
            let name = parameter.name;
            let mut others = plain_query(operation);
            others.retain(|(other, _)| other != name);
            let is_text = parameter.r#type == Some(SchemaType::String);
            for value in wrong_values(parameter) {
                // All values are texts here.
                if is_text && !value.is_string() {
                    continue;
                }
                let mut query = others.clone();
                query.push((name.to_owned(), value));
                let answer = send(&mut bench, operation, &query, &body);
                assert_named(operation, &answer, name, &json!(query));
            }
            if parameter.required {
                let answer = send(&mut bench, operation, &others, &body);
                assert_named(operation, &answer, name, &json!(others));
            }
        }
    }
}

#[test]
fn unknown_fields_are_refused_where_the_table_is_strict() {
    let mut strict = bench();
    let mut lenient = Bench::with(|settings| {
        settings.speech_rate_limit = None;
        settings.refuses_unknown_fields = false;
    });
    for operation in json_operations() {
        for object in operation.body.objects() {
            let mut body = plain_object(&operation.body, object);
            body["hologram"] = true.into();
            let query = plain_query(operation);
            let is_strict = object.strict || operation.body.strict;
            for (bench, is_refused) in [(&mut strict, is_strict), (&mut lenient, false)] {
                let answer = send(bench, operation, &query, &body);
                let is_named =
                    answer.status == 400 && answer.json()["error"]["param"] == "hologram";
                assert_eq!(is_named, is_refused, "{}", operation.id);
            }
        }
    }
}

#[track_caller]
fn assert_named(operation: &OperationEntry, answer: &Answer, name: &str, sent: &Value) {
    let text = answer.text();
    assert_eq!(
        answer.status, 400,
        "{} {name}: {sent}: {text}",
        operation.id
    );
    assert_eq!(
        answer.json()["error"]["param"],
        name,
        "{} {name}: {sent}: {text}",
        operation.id
    );
}

fn json_operations() -> impl Iterator<Item = &'static OperationEntry> {
    let operations = OPERATIONS.iter();
    operations.filter(|operation| operation.encoding == BodyEncoding::Json)
}

/// Sends the least that the schemas of an operation allow.
fn plain_request(bench: &mut Bench, operation: &OperationEntry) -> Answer {
    let (query, body) = (plain_query(operation), plain_value(&operation.body));
    send(bench, operation, &query, &body)
}

fn send(bench: &mut Bench, operation: &OperationEntry, query: &Query, body: &Value) -> Answer {
    let path = operation.fill_path(&vec!["some"; operation.path_params.len()]);
    send_to(bench, operation, &path, query, body)
}

/// Sends a request of an operation.
pub(crate) fn send_to(
    bench: &mut Bench,
    operation: &OperationEntry,
    path: &str,
    query: &Query,
    body: &Value,
) -> Answer {
    let mut path = path.to_owned();
    if !query.is_empty() {
        let mut pairs = Serializer::new(format!("{path}?"));
        for (name, value) in query {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            pairs.append_pair(name, &text);
        }
        path = pairs.finish();
    }
    let method = operation.method.as_str();
    match operation.encoding {
        BodyEncoding::Multipart => bench.upload("a.png", &png(100)),
        BodyEncoding::Json => bench.json(method, &path, body),
        _ => bench.send(bench.request(method, &path), ""),
    }
}

pub(crate) fn plain_query(operation: &OperationEntry) -> Query {
    let required = operation.query.iter().filter(|field| field.required);
    required
        .map(|field| (field.name.to_owned(), plain_value(field)))
        .collect()
}

pub(crate) fn plain_value(schema: &Schema) -> Value {
    let text = || "x".repeat(schema.min_length.unwrap_or(1).max(1));
    match schema.r#type {
        _ if schema.constant.is_some() => json!(schema.constant),
        Some(SchemaType::String) if schema.name.ends_with("url") => json!("https://example.com/"),
        Some(SchemaType::String) => {
            let first = schema.values.first();
            first.map_or_else(text, |first| (*first).to_owned()).into()
        }
        Some(SchemaType::Integer) => json!(schema.min.unwrap_or(1.0) as i64),
        Some(SchemaType::Number) => json!(schema.min.unwrap_or(1.0)),
        Some(SchemaType::Boolean) => json!(true),
        Some(SchemaType::Array) => {
            vec![plain_item(schema); schema.min_items.unwrap_or_default()].into()
        }
        Some(SchemaType::Map) => json!({}),
        _ if schema.is_file() => link(),
        _ => plain_object(schema, schema.objects()[0]),
    }
}

fn plain_item(list: &Schema) -> Value {
    list.items
        .as_ref()
        .map_or(Value::Null, |item| plain_value(item))
}

/// Fills the required fields of an object, one of those that a schema stands for.
fn plain_object(schema: &Schema, object: &Schema) -> Value {
    let required = object.fields.iter().filter(|field| field.required);
    let mut plain: Value = required
        .map(|field| (field.name.to_owned(), plain_value(field)))
        .collect();
    if let (Some(tag), Some(value)) = (schema.tag, object.tag_value) {
        plain[tag] = json!(value);
    }
    plain
}

/// Returns values that a schema forbids: of another type, none of those listed, beyond each limit.
fn wrong_values(schema: &Schema) -> Vec<Value> {
    let mut wrong = match schema.r#type {
        Some(SchemaType::String) => vec![json!(7)],
        Some(SchemaType::Integer) => vec![json!("x"), json!(1.5)],
        Some(_) => vec![json!("x")],
        None => vec![json!(7)],
    };
    wrong.extend((!schema.values.is_empty()).then(|| json!("another")));
    wrong.extend(schema.constant.map(|_| json!("another")));
    wrong.extend(schema.max_length.map(|max| json!("x".repeat(max + 1))));
    wrong.extend(
        schema
            .min_length
            .filter(|min| *min > 0)
            .map(|min| json!("x".repeat(min - 1))),
    );
    let is_whole = schema.r#type == Some(SchemaType::Integer);
    let number = |number: f64| {
        if is_whole {
            json!(number as i64)
        } else {
            json!(number)
        }
    };
    wrong.extend(schema.max.map(|max| number(max + 1.0)));
    wrong.extend(schema.min.map(|min| number(min - 1.0)));
    wrong.extend(schema.exclusive_min.map(number));
    let items = |count: usize| vec![plain_item(schema); count].into();
    wrong.extend(schema.max_items.map(|max| items(max + 1)));
    wrong.extend(
        schema
            .min_items
            .filter(|min| *min > 0)
            .map(|min| items(min - 1)),
    );
    wrong
}
