use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};

use super::{
    api::Api,
    shell,
    source::{Parameter, Source},
};

/// Returns an example of an operation: from a shell, and from Rust.
pub(super) fn example(api: &Api, source: &Source, id: &str, has_file: bool) -> Result<String> {
    let (command, words, body) = if has_file {
        let call = "    let answer = client.assets().upload(\"clip.mp4\").await?;\n";
        let command = "heygen-rs upload clip.mp4".to_owned();
        let words = "With the route chosen and all its steps done:\n\n";
        (command, words, function("Client", call))
    } else {
        let words = match id {
            "assets.direct_uploads.create" | "assets.complete" => {
                "`heygen-rs upload` and `client.assets().upload(…)` make this call where it is \
                 needed. By itself:\n\n"
            }
            _ => "",
        };
        let operation = api.operation(id)?;
        let is_stream = operation["response"]["envelope"] == "stream";
        let body = send(source, id, is_stream)?;
        (shell::command(api, id)?, words, body)
    };
    Ok(format!(
        "{words}```sh\n{command}\n```\n\nThe same from Rust:\n\n```rust\n{body}```\n"
    ))
}

/// Writes a function that makes an operation and sends it.
fn send(source: &Source, id: &str, is_stream: bool) -> Result<String> {
    let (module, operation) = &source.operations[id];
    let mut names = Names::default();
    names.add(source, module, &operation.type_name);
    let request = match source.variants.get(&operation.type_name) {
        Some(variant) => {
            names.add(source, module, variant);
            let variant = construct(source, module, variant, &mut names)?;
            format!("{}::from({variant})", operation.type_name)
        }
        None => construct(source, module, &operation.type_name, &mut names)
            .with_context(|| format!("cannot write an example of {id}"))?,
    };
    let request = format!("    let request = {};\n", broken(&request));
    let names = format!("{{Client, {}}}", names.written());
    if is_stream {
        let body = "    let mut events = client.stream(&request).await?;\n    \
            while let Some(event) = events.next().await {\n        \
            println!(\"{:?}\", event?);\n    }\n";
        return Ok(whole_function(&names, &format!("{request}{body}")));
    }
    let body = "    let answer = client.send(&request).await?;\n";
    Ok(function(&names, &format!("{request}{body}")))
}

/// Writes a function that prints an answer.
fn function(names: &str, body: &str) -> String {
    whole_function(names, &format!("{body}    println!(\"{{answer:?}}\");\n"))
}

fn whole_function(names: &str, body: &str) -> String {
    format!(
        "use heygen_sdk::{names};\n\n\
         async fn call(client: &Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {body}    Ok(())\n}}\n"
    )
}

/// Breaks a long call into a line per argument, as rustfmt would.
fn broken(call: &str) -> String {
    const WIDTH: usize = 100 - "    let request = ;".len();
    let inner = call.split_once('(').zip(call.strip_suffix(')'));
    let Some(((function, _), without_end)) = inner.filter(|_| call.len() > WIDTH) else {
        return call.to_owned();
    };
    let arguments = split_arguments(&without_end[function.len() + 1..]);
    let lines: String = arguments
        .iter()
        .map(|argument| format!("        {argument},\n"))
        .collect();
    format!("{function}(\n{lines}    )")
}

fn split_arguments(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = text.split(|character| {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    });
    parts.map(str::trim).collect()
}

/// The names that an example uses, by their module; those of the root have none.
#[derive(Debug, Default)]
struct Names(BTreeMap<String, BTreeSet<String>>);

impl Names {
    fn add(&mut self, source: &Source, module: &str, name: &str) {
        let is_at_root = source.root_types.contains(name);
        let module = if is_at_root { "" } else { module };
        let names = self.0.entry(module.to_owned()).or_default();
        names.insert(name.to_owned());
    }

    /// Writes the names as a `use` declaration has them.
    fn written(&self) -> String {
        let mut written = Vec::new();
        for (module, names) in &self.0 {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            match (module.as_str(), names.as_slice()) {
                ("", names) => written.extend(names.iter().map(|&name| name.to_owned())),
                (module, [one]) => written.push(format!("{module}::{one}")),
                (module, several) => written.push(format!("{module}::{{{}}}", several.join(", "))),
            }
        }
        match written.as_slice() {
            [one] => format!("types::{one}"),
            several => format!("types::{{{}}}", several.join(", ")),
        }
    }
}

/// Writes a call of the constructor of a type.
fn construct(source: &Source, module: &str, type_name: &str, names: &mut Names) -> Result<String> {
    let parameters = source
        .constructors
        .get(type_name)
        .with_context(|| format!("{type_name} has no constructor `new`"))?;
    let values = parameters
        .iter()
        .map(|parameter| sample(source, module, parameter, names))
        .collect::<Result<Vec<_>>>()?;
    Ok(format!("{type_name}::new({})", values.join(", ")))
}

/// Writes a value for a parameter, made up from its type and its name.
fn sample(
    source: &Source,
    module: &str,
    parameter: &Parameter,
    names: &mut Names,
) -> Result<String> {
    let Parameter { name, type_name } = parameter;
    if let Some(inner) = type_name
        .strip_prefix("Vec<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        let inner = Parameter {
            name: name.clone(),
            type_name: inner.to_owned(),
        };
        return Ok(format!("vec![{}]", sample(source, module, &inner, names)?));
    }
    if let Some(kind) = type_name.strip_suffix("Id") {
        return Ok(format!("\"{}_0123\".parse()?", kind.to_ascii_lowercase()));
    }
    Ok(match (type_name.as_str(), name.as_str()) {
        ("impl Into<String>", name) => format!("\"{}\"", text(name)),
        ("String", name) => format!("\"{}\".to_owned()", text(name)),
        ("MediaType", _) => "\"video/mp4\".into()".to_owned(),
        ("ByteSize", _) => "40_000_000.into()".to_owned(),
        ("Url", _) => "\"https://example.com\".parse()?".to_owned(),
        ("AssetInput" | "AssetLink", _) => {
            names.add(source, module, type_name);
            format!("{type_name}::asset(\"asset_0123\".parse()?)")
        }
        ("BTreeMap<String, TemplateVariable>", _) => {
            for name in ["TemplateVariable", "TextVariable"] {
                names.add(source, module, name);
            }
            "[(\"name\".to_owned(), TemplateVariable::from(TextVariable::new(\"Sam\")))].into()"
                .to_owned()
        }
        ("bool", _) => "true".to_owned(),
        ("f64", _) => "1.0".to_owned(),
        ("u8" | "u16" | "u32" | "u64" | "i64", _) => "1".to_owned(),
        (other, _) if source.words.contains_key(other) => {
            format!("{:?}.into()", source.words[other])
        }
        (other, _) if source.variants.contains_key(other) => {
            let variant = &source.variants[other];
            names.add(source, module, variant);
            format!("{}.into()", construct(source, module, variant, names)?)
        }
        (other, _) if source.constructors.contains_key(other) => {
            names.add(source, module, other);
            construct(source, module, other, names)?
        }
        (other, name) => {
            bail!("there is no sample of {name}: {other} in xtask/src/docs/example.rs")
        }
    })
}

/// Makes up a text for a field.
fn text(name: &str) -> &str {
    match name {
        "filename" => "clip.mp4",
        "prompt" => "Present this report in a minute",
        "query" => "mountains at dawn",
        "output_languages" => "German",
        other => other,
    }
}
