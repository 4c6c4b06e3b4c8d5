use std::{collections::BTreeSet, fmt::Write as _};

use anyhow::Result;
use serde_json::Value;

use super::{
    api::{Api, items},
    example,
    fields::{one_line, table},
    source::{Source, Texts},
};

/// Returns the page of one operation.
pub(super) fn page(api: &Api, source: &Source, id: &str) -> Result<String> {
    let operation = api.operation(id)?;
    let (module, described) = &source.operations[id];
    let texts = &source.texts;
    let mut page = format!("# {id}\n\n{}\n\n{}\n\n", described.line, described.summary);
    for remark in remarks(operation) {
        writeln!(page, "{remark}\n")?;
    }
    writeln!(page, "| | |\n| --- | --- |")?;
    writeln!(
        page,
        "| Rust type | `heygen_types::{module}::{}` |",
        described.type_name
    )?;
    writeln!(page, "| success | {} |", success(operation))?;
    writeln!(page, "| `Idempotency-Key` | {} |", idempotency(operation))?;
    let scope = operation["oauth_scope"].as_str();
    let scope = scope.map_or_else(|| "none declared".to_owned(), |scope| format!("`{scope}`"));
    writeln!(page, "| scope | {scope} |")?;

    let has_file = operation["body"]["encoding"] == "multipart";
    section(&mut page, "Path parameters", &path_params(operation))?;
    section(
        &mut page,
        "Query",
        &table(
            api,
            texts,
            &as_object(&operation["query"]),
            Some(&described.type_name),
        )?,
    )?;
    let body = body(api, texts, &operation["body"], &described.body)?;
    section(&mut page, "Body", &body)?;
    let response = Some(described.response.as_str());
    let response = table(api, texts, &operation["response"], response)?;
    section(&mut page, "Response", &response)?;
    section(&mut page, "Errors", &errors(api, operation)?)?;
    section(
        &mut page,
        "Example",
        &example::example(api, source, id, has_file)?,
    )?;
    Ok(page)
}

fn section(page: &mut String, title: &str, content: &str) -> Result<()> {
    if !content.is_empty() {
        writeln!(page, "\n## {title}\n\n{}", content.trim_end())?;
    }
    Ok(())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Wraps a list of fields, so that it reads like a body.
fn as_object(fields: &Value) -> Value {
    serde_json::json!({ "fields": fields })
}

fn remarks(operation: &Value) -> Vec<String> {
    let mut remarks = Vec::new();
    if operation["beta"] == true {
        remarks.push("Beta: the API may change it at short notice.".to_owned());
    }
    if operation["preview"] == true {
        remarks.push("Preview: not on the reference pages of the API yet.".to_owned());
    }
    if let Some(note) = operation["note"].as_str() {
        remarks.push(format!("Note: {note}."));
    }
    remarks
}

fn success(operation: &Value) -> String {
    let response = &operation["response"];
    let envelope = match text(response, "envelope") {
        "list" => "`{\"data\": […], \"has_more\": …, \"next_token\": …}`",
        "stream" => "`text/event-stream`: each event is one of these, and the last one is `[DONE]`",
        _ => "`{\"data\": {…}}`",
    };
    let status = &response["status"];
    let mut words = format!("{status}, {envelope}");
    if status != 200 && operation["idempotency_key"] == true {
        words.push_str(" (200 when it is a replay)");
    }
    if operation["paginated"] == true {
        words.push_str("; one page at a time, the next one by `token`");
    }
    words
}

fn idempotency(operation: &Value) -> String {
    match &operation["idempotency_key"] {
        Value::Bool(true) => {
            "declared: the same key gives the first answer again for 24 hours".to_owned()
        }
        Value::Bool(false) => {
            let source = text(operation, "idempotency_source");
            match source.split_once("; ") {
                Some((_, why)) => format!("not declared; {why}"),
                None if text(operation, "method") == "POST" => {
                    "not declared: a repeated call may be carried out twice".to_owned()
                }
                None => "not declared".to_owned(),
            }
        }
        _ => "not needed: the call changes nothing".to_owned(),
    }
}

fn path_params(operation: &Value) -> String {
    items(&operation["path_params"])
        .map(|param| format!("- `{}`\n", text(param, "name")))
        .collect()
}

fn body(api: &Api, texts: &Texts, body: &Value, rust_type: &str) -> Result<String> {
    let encoding = match text(body, "encoding") {
        "multipart" => "`multipart/form-data`",
        "json" => "JSON",
        _ => return Ok(String::new()),
    };
    let mut words = encoding.to_owned();
    let object = match body["ref"].as_str() {
        Some(name) => api.object(name)?,
        None => body,
    };
    if object["strict"] == true {
        words.push_str("; fields that are not listed are refused");
    }
    if let Some(note) = body["note"].as_str() {
        write!(words, "; {}", one_line(note))?;
    }
    let fields = table(api, texts, body, Some(rust_type))?;
    Ok(format!("{words}.\n\n{fields}"))
}

/// Lists the errors of an operation: its own, and those that every operation declares.
fn errors(api: &Api, operation: &Value) -> Result<String> {
    let mut rows = "| status | code | `param` | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    let mut listed = BTreeSet::new();
    let mut all: Vec<&Value> = items(&operation["errors"]).collect();
    all.extend(api.common_errors());
    all.extend(
        operation["oauth_scope"]
            .is_string()
            .then(|| api.scope_error()),
    );
    all.sort_by_key(|error| error["status"].as_u64());
    for error in all {
        let code = error["code"].as_str();
        if !listed.insert((error["status"].as_u64(), code)) {
            continue;
        }
        let known = code.and_then(|code| api.error(code));
        let note = [Some(error), known]
            .into_iter()
            .flatten()
            .find_map(|about| about["note"].as_str())
            .unwrap_or_default();
        let code = code.map_or_else(|| "not given".to_owned(), |code| format!("`{code}`"));
        let param = error["param"].as_str();
        let param = param.map_or_else(String::new, |param| format!("`{param}`"));
        writeln!(
            rows,
            "| {} | {code} | {param} | {} |",
            error["status"],
            one_line(note)
        )?;
    }
    Ok(rows)
}
