use serde_json::{Map, Value, json};

use super::{Answer, Call, Viewer, jobs, validate, viewer::iso};
use crate::{
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/brand-glossaries`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let name = name(call, body, "")?.unwrap_or_default();
    let record = Record::new(call.now)
        .with("name", name)
        .with("terms", json!([]))
        .with_fields_of(body, &LISTS)
        .with_hidden("updated_at", iso(call.now));
    let id = call.state.ids.next("glossary");
    call.add(Collection::BrandGlossaries, &id, record);
    call.show(Collection::BrandGlossaries, &id)
}

/// `PATCH /v3/brand-glossaries/{brand_glossary_id}`: a list that is sent replaces the old one.
pub(super) fn update(call: &mut Call<'_>, body: &Value) -> Answer {
    call.record(Collection::BrandGlossaries)?;
    validate::not_empty(call, body)?;
    let name = name(call, body, call.parameter())?;
    let updated_at = iso(call.now);
    let record = call.record_mut(Collection::BrandGlossaries)?;
    if let Some(name) = name {
        record.fields.insert("name".to_owned(), name.into());
    }
    for list in LISTS {
        if let Some(terms) = body.get(list).filter(|terms| !terms.is_null()) {
            record.fields.insert(list.to_owned(), terms.clone());
        }
    }
    record
        .hidden
        .insert("updated_at".to_owned(), updated_at.into());
    jobs::get(call, Collection::BrandGlossaries)
}

/// Shows a glossary in a list.
pub(super) fn summary(_: &Viewer<'_>, id: &str, record: &Record) -> Value {
    json!({
        "brand_glossary_id": id,
        "name": record.text("name"),
        "created_at": iso(record.created_at),
        "updated_at": record.secret("updated_at"),
    })
}

/// Shows a whole glossary. Of its lists, all but the terms are absent when they are empty.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut glossary = summary(viewer, id, record);
    for list in LISTS {
        let Some(terms) = record.fields.get(list).and_then(Value::as_array) else {
            continue;
        };
        if *list == *"terms" || !terms.is_empty() {
            glossary[list] = terms.iter().map(known_fields).collect();
        }
    }
    glossary
}

/// Takes the name of a request, without the spaces around it, and refuses one that another
/// glossary has, whatever its case.
fn name(call: &Call<'_>, body: &Value, own_id: &str) -> Result<Option<String>, Problem> {
    let Some(name) = body["name"].as_str() else {
        return Ok(None);
    };
    let name = name.trim();
    if name.is_empty() {
        return Err(Problem::parameter("name", "name is empty"));
    }
    let others = call.all(Collection::BrandGlossaries);
    let is_taken = others.into_iter().any(|(id, other)| {
        let other = other.text("name").unwrap_or_default();
        id != own_id && other.to_lowercase() == name.to_lowercase()
    });
    if is_taken {
        let message = format!("there is a glossary named {name:?} already");
        return Err(Problem::conflict("conflict", &message));
    }
    Ok(Some(name.to_owned()))
}

/// Leaves out what a term may not have; terms are open when they are sent.
fn known_fields(term: &Value) -> Value {
    let fields = ["term", "pronunciation", "translation"];
    let known = fields.iter().filter_map(|name| {
        let value = term.get(name)?;
        Some(((*name).to_owned(), value.clone()))
    });
    Value::Object(known.collect::<Map<_, _>>())
}

const LISTS: [&str; 3] = ["terms", "do_not_translate_terms", "forced_translations"];
