use anyhow::{Context as _, Result};

use super::{
    super::table::{FILE, Job, OpenEnum, Schema},
    catalog::{Catalog, Object},
};

/// Writes what the record of a job says: the words of its states, its failure and its progress.
pub(super) fn write(catalog: &Catalog<'_>, object: &Object<'_>, job: &Job) -> Result<String> {
    let status = field(object, "status")?;
    let name = catalog.rust_type(status)?;
    let words = catalog.table.enums.iter().find(|it| it.rust == name);
    let words =
        words.with_context(|| format!("{FILE}: the status of {} is no enum", object.rust))?;
    let is_optional = !status.required;
    let pattern = |values: &[String]| -> Result<String> {
        let values = values
            .iter()
            .map(|value| Ok(format!("{name}::{}", variant(words, value)?)))
            .collect::<Result<Vec<_>>>()?;
        let all = values.join(" | ");
        Ok(if is_optional {
            format!("Some({all})")
        } else {
            all
        })
    };

    let mut arms = String::new();
    let mut completed = pattern(&job.completed)?;
    if is_optional {
        // What HeyGen itself offers was never made by a job, and can be used.
        completed = format!("None | {completed}");
    }
    arms.push_str(&format!(
        "            {completed} => JobState::Completed,\n"
    ));
    if !job.needs_input.is_empty() {
        let pattern = pattern(&job.needs_input)?;
        arms.push_str(&format!("            {pattern} => JobState::NeedsInput,\n"));
    }
    arms.push_str(&format!(
        "            {} => JobState::Failed {{\n                code: {},\n                message: \
         {},\n            }},\n",
        pattern(&job.failed)?,
        reason(catalog, object, job, job.code.as_deref(), "code")?,
        reason(catalog, object, job, job.message.as_deref(), "message")?
    ));
    let others = if is_optional { "Some(_)" } else { "_" };
    arms.push_str(&format!("            {others} => JobState::Running,\n"));

    let word = if is_optional {
        format!("self.status.as_ref().map_or(\"\", {name}::as_str)")
    } else {
        "self.status.as_str()".to_owned()
    };
    let progress = match &job.progress {
        Some(progress) => format!(
            "\n    fn progress(&self) -> Option<u32> {{\n        Some(self.{progress})\n    }}\n"
        ),
        None => String::new(),
    };
    Ok(format!(
        "\nimpl Job for {} {{\n    fn state(&self) -> JobState<'_> {{\n        match &self.status {{\n{arms}        \
         }}\n    }}\n\n    fn status_word(&self) -> &str {{\n        {word}\n    }}\n{progress}}}\n",
        object.rust
    ))
}

/// Writes where the reason of a failure stands.
fn reason(
    catalog: &Catalog<'_>,
    object: &Object<'_>,
    job: &Job,
    own: Option<&str>,
    part: &str,
) -> Result<String> {
    if let Some(error) = &job.error {
        field(object, error)?;
        return Ok(format!(
            "self.{error}.as_ref().map(|error| error.{part}.as_str())"
        ));
    }
    let Some(own) = own else {
        return Ok("None".to_owned());
    };
    let rust_type = catalog.rust_type(field(object, own)?)?;
    Ok(match rust_type.as_str() {
        "String" => format!("self.{own}.as_deref()"),
        listed => format!("self.{own}.as_ref().map({listed}::as_str)"),
    })
}

fn field<'a>(object: &Object<'a>, name: &str) -> Result<&'a Schema> {
    let mut fields = object.schema.fields.iter().flatten();
    fields.find(|field| field.name == name).with_context(|| {
        format!(
            "{FILE}: `job` of {} names {name}, which is no field",
            object.rust
        )
    })
}

fn variant<'a>(words: &'a OpenEnum, value: &str) -> Result<&'a str> {
    let known = words.values.iter().find(|known| known.value == value);
    let known = known.with_context(|| format!("{FILE}: {} has no value {value}", words.rust))?;
    Ok(&known.rust)
}
