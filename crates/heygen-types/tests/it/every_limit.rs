//! Every limit of the table is checked before a request is sent, in every place of every body.

use heygen_types::{BodyEncoding, Invalid, Operation, for_each_operation};
use serde_json::{Value, json};

use crate::table::{Extent, Table, fields, name, tag_of};

/// An operation without its type, as far as bodies go.
struct Body {
    id: &'static str,
    encoding: BodyEncoding,
    validate: fn(Value) -> Result<(), Invalid>,
    debug: fn(Value) -> serde_json::Result<String>,
}

fn bodies() -> Vec<Body> {
    fn body<O: Operation<Body: std::fmt::Debug>>() -> Body {
        Body {
            id: O::ID,
            encoding: O::ENCODING,
            validate: |body| O::validate_body(&serde_json::from_value(body).unwrap()),
            debug: |body| Ok(format!("{:?}", serde_json::from_value::<O::Body>(body)?)),
        }
    }
    macro_rules! all {
        ($($operation:ty),+ $(,)?) => { vec![$(body::<$operation>()),+] };
    }
    let all: Vec<Body> = for_each_operation!(all);
    all.into_iter()
        .filter(|body| body.encoding == BodyEncoding::Json)
        .collect()
}

/// A place in a body, and what the table says of it.
struct Place<'a> {
    pointer: String,
    described: &'a Value,
}

/// Finds every described place of a body, those in lists, maps and unions included.
fn places<'a>(table: &'a Table, body: &Value, described: &'a Value) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    for object in table.objects(described) {
        if !object["tag_value"].is_null() && Some(&object["tag_value"]) != tag_of(body) {
            continue;
        }
        for field in fields(object) {
            let Some(value) = body.get(name(field)) else {
                continue;
            };
            let pointer = format!("/{}", name(field));
            let inner: Vec<(String, &Value, &Value)> = match value {
                Value::Array(items) => items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| (format!("{pointer}/{index}"), item, &field["items"]))
                    .collect(),
                Value::Object(members) if field["type"] == "map" => members
                    .iter()
                    .filter(|_| field["values"].is_object())
                    .map(|(key, value)| (format!("{pointer}/{key}"), value, &field["values"]))
                    .collect(),
                Value::Object(_) => vec![(pointer.clone(), value, field)],
                _ => Vec::new(),
            };
            for (pointer, value, described) in inner.into_iter().filter(|(_, v, _)| v.is_object()) {
                let below = places(table, value, described).into_iter();
                found.extend(below.map(|place| Place {
                    pointer: format!("{pointer}{}", place.pointer),
                    ..place
                }));
            }
            found.push(Place {
                pointer,
                described: field,
            });
        }
    }
    found
}

/// Values just outside the limits of a place.
fn outside(value: &Value, described: &Value) -> Vec<Value> {
    let mut outside = Vec::new();
    let count = |limit: &str| {
        described[limit]
            .as_u64()
            .map(|n| usize::try_from(n).unwrap())
    };
    if let Some(max) = count("max_length") {
        // A URL that is too long is still a URL.
        outside.push(match value.as_str() {
            Some(text) if text.starts_with("http") => json!(format!("{text}{}", "x".repeat(max))),
            _ => json!("x".repeat(max + 1)),
        });
    }
    if count("min_length").is_some_and(|min| min > 0) {
        outside.push(json!(""));
    }
    if let (Some(max), Some(items)) = (count("max_items"), value.as_array()) {
        outside.push(json!(vec![items[0].clone(); max + 1]));
    }
    if count("min_items").is_some_and(|min| min > 0) {
        outside.push(json!([]));
    }
    let is_integer = described["type"] == "integer";
    let step = |limit: f64, by: f64| match is_integer {
        true => json!((limit + by) as i64),
        false => json!(limit + by / 100.0),
    };
    outside.extend(described["max"].as_f64().map(|max| step(max, 1.0)));
    // A whole number below zero is refused by its type.
    let min = described["min"]
        .as_f64()
        .filter(|min| !is_integer || *min > 0.0);
    outside.extend(min.map(|min| step(min, -1.0)));
    outside.extend(described["exclusive_min"].as_f64().map(|min| json!(min)));
    let wrong: &[&str] = match described["pattern"].as_str() {
        None => &[],
        Some(r"^\S+$") => &["", " a", "a b", "a\u{a0}"],
        Some(_) => &["", "#12345", "123456", "#12345g", "#1234567"],
    };
    outside.extend(wrong.iter().map(|text| json!(text)));
    outside
}

#[test]
fn what_is_outside_a_limit_is_refused_by_its_place() {
    let table = Table::read();
    let mut tried = 0;
    for body in bodies() {
        let described = &table.endpoint(body.id)["body"];
        for largest in table.examples(described, Extent::Maximal) {
            for place in places(&table, &largest, described) {
                for value in outside(
                    &largest.pointer(&place.pointer).unwrap().clone(),
                    place.described,
                ) {
                    let mut wrong = without_rivals(&body, largest.clone(), &place.pointer);
                    *wrong.pointer_mut(&place.pointer).unwrap() = value.clone();
                    if (body.debug)(wrong.clone()).is_err() {
                        // An empty id is refused as it is read, whatever the operation, and so is
                        // a number that its type cannot hold.
                        let is_refused = value == "" || value == u64::from(u32::MAX) + 1;
                        assert!(is_refused, "{} {} {value}", body.id, place.pointer);
                        continue;
                    }
                    let shown = format!("{} {} {value}", body.id, place.pointer);
                    let invalid = (body.validate)(wrong).expect_err(&shown);
                    // What does not fit its kind is kept unread, and reported by its tag.
                    let (object, _) = place.pointer.rsplit_once('/').unwrap();
                    let named = as_pointer(invalid.field());
                    let is_named = named == place.pointer || named == format!("{object}/type");
                    assert!(is_named, "{shown}: {invalid}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "only {tried} values were tried");
}

/// Takes out the fields that exclude each other, but for the one at the place.
fn without_rivals(body: &Body, mut largest: Value, place: &str) -> Value {
    for _ in 0..20 {
        let Err(invalid) = (body.validate)(largest.clone()) else {
            return largest;
        };
        let named = as_pointer(invalid.field());
        if !place.starts_with(&named) {
            remove(&mut largest, &named);
            continue;
        }
        let (object, _) = named.rsplit_once('/').unwrap();
        let rivals = invalid
            .problem()
            .replace("sound", "script or audio_url or audio_asset_id");
        let rivals = rivals.split_once("beside ").unwrap().1;
        for rival in rivals.split([';', ',']).next().unwrap().split(" or ") {
            remove(&mut largest, &format!("{object}/{rival}"));
        }
    }
    panic!("{}: no valid body has {place}", body.id);
}

fn remove(body: &mut Value, place: &str) {
    let (object, field) = place.rsplit_once('/').unwrap();
    let object = body.pointer_mut(object).unwrap().as_object_mut().unwrap();
    object.remove(field);
}

/// Writes `scenes[1].duration` as `/scenes/1/duration`.
fn as_pointer(field: &str) -> String {
    format!(
        "/{}",
        field
            .replace("].", "/")
            .replace(['.', '['], "/")
            .replace(']', "")
    )
}

#[test]
fn every_listed_value_is_known_by_name() {
    let table = Table::read();
    let mut tried = 0;
    for body in bodies() {
        let described = &table.endpoint(body.id)["body"];
        for largest in table.examples(described, Extent::Maximal) {
            for place in places(&table, &largest, described) {
                let list = &place.described["items"]["enum"];
                let (values, is_list) = match place.described["enum"].as_array() {
                    Some(values) => (values, false),
                    None => match list.as_array() {
                        Some(values) => (values, true),
                        None => continue,
                    },
                };
                for value in values {
                    let mut body_with = largest.clone();
                    *body_with.pointer_mut(&place.pointer).unwrap() = match is_list {
                        true => json!([value]),
                        false => value.clone(),
                    };
                    let debug = (body.debug)(body_with).unwrap();
                    let shown = format!("{} {} {value}", body.id, place.pointer);
                    let unknown = format!("Unknown({value})");
                    assert!(!debug.contains(&unknown), "{shown}: {debug}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "only {tried} values were tried");
}
