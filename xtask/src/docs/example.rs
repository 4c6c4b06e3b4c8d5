use anyhow::{Context as _, Result, bail};

use super::source::{Parameter, Source};

/// Returns an example of an operation: from a shell where there is a command, and from Rust.
pub(super) fn example(source: &Source, id: &str, has_file: bool) -> Result<String> {
    let upload = "From a shell, with the route chosen and all its steps done:\n\n\
                  ```sh\nheygen-rs upload clip.mp4\n```\n\nThe same from Rust:\n\n";
    let step = "`heygen-rs upload` and `client.assets().upload(…)` make this call where it is \
                needed. By itself:\n\n";
    let (words, body) = if has_file {
        let call = "    let answer = client.assets().upload(\"clip.mp4\").await?;\n";
        (upload, function("Client", call))
    } else {
        let words = match id {
            "assets.direct_uploads.create" | "assets.complete" => step,
            _ => "",
        };
        (words, send(source, id)?)
    };
    Ok(format!("{words}```rust\n{body}```\n"))
}

/// Writes a function that makes an operation and sends it.
fn send(source: &Source, id: &str) -> Result<String> {
    let (module, operation) = &source.operations[id];
    let mut names = vec![operation.type_name.clone()];
    let request = construct(source, &operation.type_name, &mut names)
        .with_context(|| format!("cannot write an example of {id}"))?;
    names.sort();
    names.dedup();
    let names = match names.as_slice() {
        [one] => one.clone(),
        several => format!("{{{}}}", several.join(", ")),
    };
    Ok(function(
        &format!("{{Client, types::{module}::{names}}}"),
        &format!("    let request = {request};\n    let answer = client.send(&request).await?;\n"),
    ))
}

fn function(names: &str, body: &str) -> String {
    format!(
        "use heygen_sdk::{names};\n\n\
         async fn call(client: &Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {body}    println!(\"{{answer:?}}\");\n    Ok(())\n}}\n"
    )
}

/// Writes a call of the constructor of a type.
fn construct(source: &Source, type_name: &str, names: &mut Vec<String>) -> Result<String> {
    let parameters = source
        .constructors
        .get(type_name)
        .with_context(|| format!("{type_name} has no constructor `new`"))?;
    let values = parameters
        .iter()
        .map(|parameter| sample(source, parameter, names))
        .collect::<Result<Vec<_>>>()?;
    Ok(format!("{type_name}::new({})", values.join(", ")))
}

/// Writes a value for a parameter, made up from its type and its name.
fn sample(source: &Source, parameter: &Parameter, names: &mut Vec<String>) -> Result<String> {
    let Parameter { name, type_name } = parameter;
    if let Some(inner) = type_name
        .strip_prefix("Vec<")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        let inner = Parameter {
            name: name.clone(),
            type_name: inner.to_owned(),
        };
        return Ok(format!("vec![{}]", sample(source, &inner, names)?));
    }
    if let Some(kind) = type_name.strip_suffix("Id") {
        return Ok(format!("\"{}_0123\".parse()?", kind.to_ascii_lowercase()));
    }
    Ok(match (type_name.as_str(), name.as_str()) {
        ("impl Into<String>", "filename") => "\"clip.mp4\"".to_owned(),
        ("impl Into<String>", "prompt") => "\"Present this report in a minute\"".to_owned(),
        ("impl Into<String>", "query") => "\"mountains at dawn\"".to_owned(),
        ("impl Into<String>", name) => format!("\"{name}\""),
        ("MediaType", _) => "\"video/mp4\".into()".to_owned(),
        ("SearchType", _) => "\"image\".into()".to_owned(),
        ("ByteSize", _) => "40_000_000.into()".to_owned(),
        (other, _) if source.constructors.contains_key(other) => {
            names.push(other.to_owned());
            construct(source, other, names)?
        }
        (other, name) => {
            bail!("there is no sample of {name}: {other} in xtask/src/docs/example.rs")
        }
    })
}
