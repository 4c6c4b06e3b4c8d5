//! What only the types know of a body: rules that the table has in prose.

use heygen_types::{Invalid, Json, Operation};

/// Checks a body with the type of its operation.
pub(super) fn check(operation: &str, body: &Json) -> Result<(), Invalid> {
    macro_rules! check {
        ($($operation:ty),+ $(,)?) => {
            match operation {
                $(id if id == <$operation as Operation>::ID => read::<$operation>(body),)+
                _ => Ok(()),
            }
        };
    }
    heygen_types::for_each_operation!(check)
}

fn read<O: Operation>(body: &Json) -> Result<(), Invalid> {
    let read = body.decode();
    let body = read.map_err(|invalid| {
        let is_read = |body: &Json| body.decode::<O::Body>().is_ok();
        let place = culprit(body, is_read);
        Invalid::new(place.unwrap_or_default(), plain(invalid.problem()))
    })?;
    O::validate_body(&body)
}

/// Finds the value that keeps a body from being read, which the reader does not tell: the one that
/// has only to be replaced by a harmless one of its sort.
fn culprit(body: &Json, is_read: impl Fn(&Json) -> bool) -> Option<String> {
    let mut body = body.clone();
    let mut places = Vec::new();
    leaves(&mut body, "", &mut |place, _| {
        places.push(place.to_owned());
    });
    places.into_iter().find(|wanted| {
        let mut changed = body.clone();
        leaves(&mut changed, "", &mut |place, value| {
            if place == wanted {
                *value = match value {
                    Json::String(_) => Json::String("a".to_owned()),
                    _ => Json::Unsigned(1),
                };
            }
        });
        is_read(&changed)
    })
}

/// Visits every value that is neither a list nor an object.
fn leaves(value: &mut Json, place: &str, visit: &mut impl FnMut(&str, &mut Json)) {
    match value {
        Json::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                leaves(item, &format!("{place}[{index}]"), visit);
            }
        }
        Json::Object(members) => {
            for (name, member) in members {
                let inner = match place {
                    "" => name.clone(),
                    outer => format!("{outer}.{name}"),
                };
                leaves(member, &inner, visit);
            }
        }
        leaf => visit(place, leaf),
    }
}

/// Puts what the reader says of a value into words for those who do not write Rust.
fn plain(problem: &str) -> String {
    if let Some(rest) = problem.strip_prefix("invalid value: integer `") {
        let (number, expected) = rest.split_once('`').unwrap_or((rest, ""));
        let takes = if expected.contains("expected u") {
            "a whole number from 0"
        } else {
            "a number nearer to 0"
        };
        return format!("is {number}; it takes {takes}");
    }
    // "AvatarId: holds '/'": what kind of text it is, its flag or field says already.
    match problem.split_once(": ") {
        Some((kind, rest))
            if kind.starts_with(|first: char| first.is_ascii_uppercase())
                && kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            rest.to_owned()
        }
        _ => problem.to_owned(),
    }
}
