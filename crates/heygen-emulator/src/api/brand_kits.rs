use serde_json::{Value, json};

use super::{Answer, Call, Viewer, jobs, validate};
use crate::{
    media::Medium,
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/brand-kits`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let text = body["url"].as_str().unwrap_or_default();
    let Some(host) = host(text) else {
        return Err(Problem::parameter("url", "url is not an http or https URL"));
    };
    let name = body["name"].as_str().unwrap_or(&host).to_owned();
    let record = Record::new(call.now).with("name", name);
    let id = call.start(Collection::BrandKits, "kit", record);
    call.data(json!({ "brand_kit_id": id, "status": "loading" }))
}

/// `PATCH /v3/brand-kits/{brand_kit_id}`: a kit can be renamed at any time, and more once it is
/// there.
pub(super) fn update(call: &mut Call<'_>, body: &Value) -> Answer {
    let kit = call.record(Collection::BrandKits)?;
    validate::not_empty(call, body)?;
    let changes_roles = ROLES.iter().any(|role| body.get(role).is_some());
    if changes_roles && !kit.schedule.is_completed(call.now) {
        let status = kit.schedule.status(call.now);
        let message = format!("the kit is {status}: its roles cannot be changed");
        return Err(Problem::conflict("brand_kit_not_ready", &message));
    }
    let id = call.parameter().to_owned();
    check_member(body, "logo_roles", "primary", None, &logo_id(&id))?;
    for text in ["title_text", "body_text"] {
        check_member(body, "font_roles", text, Some("font_id"), &font_id(&id))?;
    }
    let kit = call.record_mut(Collection::BrandKits)?;
    for (name, value) in body.as_object().into_iter().flatten() {
        if *name == "name" || ROLES.contains(&name.as_str()) {
            kit.fields.insert(name.clone(), value.clone());
        }
    }
    jobs::get(call, Collection::BrandKits)
}

/// Shows a kit in a list.
pub(super) fn summary(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let is_completed = record.schedule.is_completed(viewer.now);
    json!({
        "brand_kit_id": id,
        "name": record.text("name"),
        "colors": if is_completed { COLORS.as_slice() } else { &[] },
        "logo_url": is_completed.then(|| viewer.result(&logo_id(id), Medium::Png)),
    })
}

/// Shows a kit: every site has the same colours, one logo and one font.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut kit = json!({
        "brand_kit_id": id,
        "name": record.text("name"),
        "status": record.schedule.status(viewer.now),
    });
    if !record.schedule.is_completed(viewer.now) {
        return kit;
    }
    let logo = viewer.result(&logo_id(id), Medium::Png);
    kit["colors"] = json!(COLORS);
    kit["logos"] = json!([{ "logo_id": logo_id(id), "name": "Logo", "url": logo }]);
    kit["fonts"] = json!([{ "font_id": font_id(id), "name": "Sans" }]);
    let font = json!({ "font_id": font_id(id), "weight": 400 });
    kit["color_roles"] = json!({ "primary": COLORS[0], "secondary": COLORS[1] });
    kit["logo_roles"] = json!({ "primary": logo_id(id) });
    kit["font_roles"] = json!({ "title_text": font, "body_text": font });
    for role in ROLES {
        if let Some(value) = record.fields.get(role) {
            kit[role] = value.clone();
        }
    }
    kit
}

/// Refuses a role that names a logo or a font which the kit does not have.
fn check_member(
    body: &Value,
    role: &str,
    field: &str,
    inner: Option<&str>,
    known: &str,
) -> Result<(), Problem> {
    let mut path = format!("{role}.{field}");
    let mut named = &body[role][field];
    if let Some(inner) = inner {
        path = format!("{path}.{inner}");
        named = &named[inner];
    }
    if named.is_null() || named == known {
        return Ok(());
    }
    let message = format!("{path} names nothing of this kit");
    Err(Problem::parameter(path, message))
}

fn host(text: &str) -> Option<String> {
    let url: url::Url = text.parse().ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    url.host_str().filter(|_| is_web).map(str::to_owned)
}

fn logo_id(kit: &str) -> String {
    format!("{kit}_logo")
}

fn font_id(kit: &str) -> String {
    format!("{kit}_font")
}

const ROLES: [&str; 3] = ["color_roles", "logo_roles", "font_roles"];
const COLORS: [&str; 3] = ["#1a1a2e", "#e94560", "#f5f5f5"];
