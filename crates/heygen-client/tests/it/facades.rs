//! Every operation is reached by its facade, as its type says: method, path and key.

mod media;
mod others;
mod works;

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
};

use heygen_client::{
    Client, Error,
    types::{AssetInput, AssetLink, Method, Operation, for_each_operation},
};

use crate::script::{Answer, Sent, World, block_on};

/// What the type of an operation says of its request.
struct Declared {
    method: Method,
    path: &'static str,
    has_key: bool,
}

fn declared() -> BTreeMap<&'static str, Declared> {
    macro_rules! all {
        ($($operation:ty),+ $(,)?) => {
            [$((
                <$operation>::ID,
                Declared {
                    method: <$operation>::METHOD,
                    path: <$operation>::PATH,
                    has_key: <$operation>::IDEMPOTENCY_KEY,
                },
            )),+]
        };
    }
    for_each_operation!(all).into_iter().collect()
}

/// Finds the operation that a request belongs to: a fixed word in a path wins over a parameter.
fn operation_of(sent: &Sent, declared: &BTreeMap<&'static str, Declared>) -> &'static str {
    let path = sent.uri.strip_prefix("https://api.heygen.com").unwrap();
    let path: Vec<&str> = path.split('?').next().unwrap().split('/').collect();
    let fits = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        template.len() == path.len()
            && template
                .iter()
                .zip(&path)
                .all(|(part, given)| part.starts_with('{') || part == given)
    };
    declared
        .iter()
        .filter(|(_, operation)| operation.method.as_str() == sent.method && fits(operation.path))
        .min_by_key(|(_, operation)| operation.path.matches('{').count())
        .map(|(id, _)| *id)
        .unwrap_or_else(|| panic!("no operation has {} {}", sent.method, sent.uri))
}

/// Calls facades and takes note of the operations that they reached.
struct Tour {
    world: World,
    client: Client,
    declared: BTreeMap<&'static str, Declared>,
    reached: BTreeSet<&'static str>,
}

impl Tour {
    fn new() -> Self {
        let world = World::serving(|_| {
            Answer::json(404, r#"{"error":{"code":"not_found","message":"m"}}"#)
        });
        Self {
            client: world.client(),
            world,
            declared: declared(),
            reached: BTreeSet::new(),
        }
    }

    /// Runs a call, which has to send exactly one request, that of the operation.
    fn call<T>(&mut self, id: &'static str, call: impl Future<Output = Result<T, Error>>) {
        let before = self.world.sent().len();
        let Err(error) = block_on(call) else {
            panic!("{id} succeeded");
        };
        let sent = self.world.sent();
        assert_eq!(sent.len(), before + 1, "{id}: {error}");
        let sent = &sent[before];
        assert_eq!(operation_of(sent, &self.declared), id);
        let has_key = sent.header("idempotency-key").is_some();
        assert_eq!(has_key, self.declared[id].has_key, "{id}");
        self.reached.insert(id);
    }
}

/// A list by page, by item, and by pages.
macro_rules! list {
    ($tour:ident, $id:literal, $group:expr, $request:expr) => {
        $tour.call($id, $group.list(&$request));
        paged!($tour, $id, $group, $request, items, pages);
    };
}

/// What goes on over several pages.
macro_rules! paged {
    ($tour:ident, $id:literal, $group:expr, $request:expr, $items:ident, $pages:ident) => {
        let mut items = $group.$items($request);
        $tour.call($id, async { items.next().await.unwrap() });
        let mut pages = $group.$pages($request);
        $tour.call($id, async { pages.next().await.unwrap() });
    };
}

use {list, paged};

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    "id".parse().unwrap()
}

fn link() -> AssetLink {
    AssetLink::asset(id())
}

fn input() -> AssetInput {
    AssetInput::asset(id())
}

fn url<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    "https://x.example/".parse().unwrap()
}

#[test]
fn every_operation_has_a_facade() {
    let mut tour = Tour::new();
    let client = tour.client.clone();
    for part in [
        media::assets,
        media::avatars,
        media::agents,
        media::videos,
        works::jobs,
        works::lipsyncs,
        works::translations,
        works::models,
        others::brands,
        others::voices,
        others::others,
    ] {
        part(&mut tour, &client);
    }
    let missing: Vec<_> = tour
        .declared
        .keys()
        .filter(|id| !tour.reached.contains(*id))
        .collect();
    assert!(missing.is_empty(), "no facade for {missing:?}");
}
