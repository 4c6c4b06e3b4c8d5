use super::{Answer, Call, dispatch::summary};
use crate::{
    problem::Problem,
    state::{Collection, Record},
};

/// A piece of a list and the cursor of the next piece.
pub(super) struct Slice<T> {
    pub(super) items: Vec<T>,
    pub(super) next_token: Option<String>,
}

impl<T> Slice<T> {
    /// Is all that there is.
    pub(super) const fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next_token: None,
        }
    }

    pub(super) fn map<U>(self, change: impl FnMut(T) -> U) -> Slice<U> {
        Slice {
            items: self.items.into_iter().map(change).collect(),
            next_token: self.next_token,
        }
    }
}

/// Answers with the resources of a kind that are wanted, newest first.
pub(super) fn list(
    call: &Call<'_>,
    kind: Collection,
    is_wanted: impl Fn(&Record) -> bool,
) -> Answer {
    let records = call.all(kind).into_iter();
    let wanted = records
        .filter(|(_, record)| is_wanted(record))
        .map(|(id, record)| (record.number, (id, record)));
    let slice = cut(call, wanted)?;
    let viewer = call.viewer();
    call.list(slice.map(|(id, record)| summary(&viewer, kind, id, record)))
}

/// Cuts the page out of a list that the query asks for.
///
/// Each item comes with a number that falls along the list and never changes, and the cursor names
/// the last one seen: what is added or deleted between two pages moves nothing.
pub(super) fn cut<T>(
    call: &Call<'_>,
    list: impl Iterator<Item = (u64, T)>,
) -> Result<Slice<T>, Problem> {
    let limit = call.limit();
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

/// Numbers the items of a list that rises, so that [`cut`] can cut it.
pub(super) fn rising<T>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (u64, T)> {
    (0..u64::MAX).rev().zip(items)
}

fn parse(token: &str) -> Option<u64> {
    let digits = token.strip_prefix(PREFIX).filter(|rest| rest.len() == 16)?;
    u64::from_str_radix(digits, 16).ok()
}

const PREFIX: &str = "cursor_";
