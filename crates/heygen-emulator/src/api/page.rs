use super::Call;
use crate::problem::Problem;

/// A piece of a list and the cursor of the next piece.
pub(super) struct Slice<T> {
    pub(super) items: Vec<T>,
    pub(super) next_token: Option<String>,
}

/// Cuts a page out of a list.
///
/// Each item comes with a number that falls along the list and never changes, and the cursor names
/// the last one seen: what is added or deleted between two pages moves nothing.
pub(super) fn cut<T>(
    call: &Call<'_>,
    limit: usize,
    list: impl Iterator<Item = (u64, T)>,
) -> Result<Slice<T>, Problem> {
    let before = match call.query("token") {
        None => u64::MAX,
        Some(token) => parse(&token)
            .ok_or_else(|| Problem::parameter("token", "token is not a cursor of this list"))?,
    };
    let mut rest = list.filter(|(number, _)| *number < before).peekable();
    let mut items = Vec::new();
    let mut last = None;
    while items.len() < limit
        && let Some((number, item)) = rest.next()
    {
        last = Some(number);
        items.push(item);
    }
    let next_token = last
        .filter(|_| rest.peek().is_some())
        .map(|number| format!("{PREFIX}{number:016x}"));
    Ok(Slice { items, next_token })
}

fn parse(token: &str) -> Option<u64> {
    let digits = token.strip_prefix(PREFIX).filter(|rest| rest.len() == 16)?;
    u64::from_str_radix(digits, 16).ok()
}

const PREFIX: &str = "cursor_";
