//! Reads answers of which a part is missing or odd: a success that cannot be read whole is still a
//! success.
//!
//! Serde visitors are used up by the value that they refuse, so nothing can be put right on the
//! way. Instead the place of the first failure is noted, a *repair* is made there, and everything
//! is read again, until it can be read or what is missing has no substitute.

use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString as _},
    vec::{self, Vec},
};
use core::{
    cell::{Cell, RefCell},
    fmt,
    iter::Enumerate,
    slice,
};

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{Json, decode};
use crate::Invalid;

/// How many values are read at most, all attempts together: an answer of many megabytes of nonsense
/// must not keep its reader busy.
const READS_MAX: usize = 300_000;

impl Json {
    /// Reads the value as the answer of a server: what is missing or odd in it is made up for.
    ///
    /// - An optional member that cannot be read is `None`.
    /// - A required text, number, flag or list that is missing or of the wrong type is empty: `""`,
    ///   `0`, `false`, no items.
    /// - An element of a list that cannot be read is left out.
    /// - A number where a text is expected is read as text, and a text of digits where a number is
    ///   expected is read as number.
    ///
    /// Ids are never made up: an object that lacks its own id cannot be read.
    ///
    /// ```
    /// use heygen_types::{Json, videos::VideoRecord};
    ///
    /// let answer = r#"{"id": "v", "status": "processing", "created_at": "soon"}"#;
    /// let answer: Json = serde_json::from_str(answer)?;
    /// let video: VideoRecord = answer.decode_answer()?;
    /// assert_eq!(video.created_at, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Names the first member that could not be read, when it has no substitute.
    pub fn decode_answer<T: DeserializeOwned>(&self) -> Result<T, Invalid> {
        let mut repairs = Repairs::new();
        let (mut first, mut reads) = (None, 0);
        while reads < READS_MAX {
            let walk = Walk::new(&repairs);
            let error = match T::deserialize(Reader::new(Some(self), &walk)) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            reads += walk.reads.get() + repairs.len() + 1;
            let mut place = walk.failed.take().unwrap_or_default();
            place.extend(error.missing.map(Step::Member));
            let is_missing = error.missing.is_some();
            first.get_or_insert_with(|| Invalid::new(write(&place), error.message));
            if !repair(&mut repairs, place, is_missing) {
                break;
            }
        }
        Err(first.unwrap_or_else(|| Invalid::new("value", "cannot be read")))
    }
}

/// One step on the way from the whole value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step<'de> {
    Member(&'de str),
    Item(usize),
}

type Repairs<'de> = BTreeMap<Vec<Step<'de>>, Repair>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Repair {
    /// The value is read as if it were not there.
    Omitted,
    /// The value is required: an empty one stands in for it.
    Empty,
}

/// Repairs a place, or what holds it when nothing is left to try there. Returns `false` when that
/// would be the whole value.
fn repair<'de>(repairs: &mut Repairs<'de>, mut place: Vec<Step<'de>>, is_missing: bool) -> bool {
    let mut is_missing = is_missing;
    while let Some(&last) = place.last() {
        let next = match (repairs.get(&place), last) {
            (None, _) if !is_missing => Repair::Omitted,
            // A list is as good without an item as with an empty one.
            (Some(Repair::Omitted) | None, Step::Member(_)) => Repair::Empty,
            _ => {
                place.pop();
                is_missing = false;
                continue;
            }
        };
        repairs.insert(place, next);
        return true;
    }
    false
}

/// Writes a place as a program would, such as `messages[0].role`.
fn write(place: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in place {
        match step {
            Step::Member(name) if text.is_empty() => text.push_str(name),
            Step::Member(name) => text.push_str(&format!(".{name}")),
            Step::Item(index) => text.push_str(&format!("[{index}]")),
        }
    }
    if text.is_empty() {
        text.push_str("value");
    }
    text
}

/// One attempt to read everything.
struct Walk<'a, 'de> {
    repairs: &'a Repairs<'de>,
    place: RefCell<Vec<Step<'de>>>,
    /// The innermost place that could not be read.
    failed: Cell<Option<Vec<Step<'de>>>>,
    /// How many values were read.
    reads: Cell<usize>,
}

impl<'a, 'de> Walk<'a, 'de> {
    const fn new(repairs: &'a Repairs<'de>) -> Self {
        Self {
            repairs,
            place: RefCell::new(Vec::new()),
            failed: Cell::new(None),
            reads: Cell::new(0),
        }
    }

    /// Reads a part of the value.
    fn read<T: DeserializeSeed<'de>>(
        &self,
        step: Step<'de>,
        value: Option<&'de Json>,
        seed: T,
    ) -> Result<T::Value, Error> {
        self.reads.set(self.reads.get() + 1);
        self.place.borrow_mut().push(step);
        let read = seed.deserialize(Reader::new(value, self));
        if read.is_err() {
            let inner = self.failed.take();
            let place = inner.unwrap_or_else(|| self.place.borrow().clone());
            self.failed.set(Some(place));
        }
        self.place.borrow_mut().pop();
        read
    }

    /// Returns what is repaired directly below the present place.
    fn repairs_here(&self) -> BTreeMap<Step<'de>, Repair> {
        if self.repairs.is_empty() {
            return BTreeMap::new();
        }
        let place = self.place.borrow();
        let below = self.repairs.range(place.clone()..);
        let below = below.take_while(|(at, _)| at.starts_with(&place));
        below
            .filter(|(at, _)| at.len() == place.len() + 1)
            .filter_map(|(at, repair)| Some((*at.last()?, *repair)))
            .collect()
    }
}

/// A part of the value, `None` for an empty one that stands in for it.
#[derive(Clone, Copy)]
struct Reader<'a, 'de> {
    value: Option<&'de Json>,
    walk: &'a Walk<'a, 'de>,
}

impl<'a, 'de> Reader<'a, 'de> {
    const fn new(value: Option<&'de Json>, walk: &'a Walk<'a, 'de>) -> Self {
        Self { value, walk }
    }

    fn object(self, members: Option<&'de BTreeMap<String, Json>>) -> Members<'a, 'de> {
        let repairs = self.walk.repairs_here();
        let there = members.into_iter().flatten();
        let there = there
            .map(|(name, value)| (name.as_str(), Some(value)))
            .filter(|(name, _)| !repairs.contains_key(&Step::Member(name)));
        let made_up = repairs.iter().filter_map(|(step, repair)| match step {
            Step::Member(name) if *repair == Repair::Empty => Some((*name, None)),
            _ => None,
        });
        let members: Vec<_> = there.chain(made_up).collect();
        Members {
            members: members.into_iter(),
            value: None,
            walk: self.walk,
        }
    }

    fn list(self, items: &'de [Json]) -> Items<'a, 'de> {
        Items {
            items: items.iter().enumerate(),
            repairs: self.walk.repairs_here(),
            walk: self.walk,
        }
    }
}

/// Reads a number, also one that is written as a text.
macro_rules! numbers {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.value {
                None => visitor.visit_u64(0),
                Some(Json::String(text)) => {
                    let text = text.trim();
                    if let Ok(number) = text.parse() {
                        visitor.visit_u64(number)
                    } else if let Ok(number) = text.parse() {
                        visitor.visit_i64(number)
                    } else {
                        self.deserialize_any(visitor)
                    }
                }
                Some(&Json::Float(number)) if (number as i64) as f64 == number => {
                    visitor.visit_i64(number as i64)
                }
                Some(_) => self.deserialize_any(visitor),
            }
        }
    )+};
}

/// Reads a text, also one that is written as a number.
macro_rules! texts {
    ($($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.value {
                None => visitor.visit_str(""),
                Some(Json::Integer(number)) => visitor.visit_string(number.to_string()),
                Some(Json::Unsigned(number)) => visitor.visit_string(number.to_string()),
                Some(_) => self.deserialize_any(visitor),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            None | Some(Json::Null) => visitor.visit_unit(),
            Some(Json::Bool(flag)) => visitor.visit_bool(*flag),
            Some(Json::Integer(number)) => visitor.visit_i64(*number),
            Some(Json::Unsigned(number)) => visitor.visit_u64(*number),
            Some(Json::Float(number)) => visitor.visit_f64(*number),
            Some(Json::String(text)) => visitor.visit_borrowed_str(text),
            Some(Json::Array(items)) => visitor.visit_seq(self.list(items)),
            Some(Json::Object(members)) => visitor.visit_map(self.object(Some(members))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            None | Some(Json::Null) => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            None => visitor.visit_bool(false),
            Some(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            None => visitor.visit_f64(0.0),
            Some(Json::String(text)) => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => visitor.visit_f64(number),
                _ => self.deserialize_any(visitor),
            },
            Some(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            None => visitor.visit_seq(self.list(&[])),
            Some(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            None => visitor.visit_map(self.object(None)),
            Some(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            // Serde reads a struct from a list, too, by position, which no answer means.
            Some(Json::Array(_)) => Err(serde::de::Error::custom("is a list, expected an object")),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let value = self.value.unwrap_or(&Json::Null);
        let read = decode::Reader(value).deserialize_enum(name, variants, visitor);
        read.map_err(serde::de::Error::custom)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    texts! {
        deserialize_str deserialize_string deserialize_char
    }

    forward_to_deserialize_any! {
        bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct Members<'a, 'de> {
    members: vec::IntoIter<(&'de str, Option<&'de Json>)>,
    value: Option<(&'de str, Option<&'de Json>)>,
    walk: &'a Walk<'a, 'de>,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.value = self.members.next();
        let key = |(name, _)| seed.deserialize(StrDeserializer::new(name));
        self.value.map(key).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let (name, value) = self.value.take().expect("a value follows its name");
        self.walk.read(Step::Member(name), value, seed)
    }
}

struct Items<'a, 'de> {
    items: Enumerate<slice::Iter<'de, Json>>,
    repairs: BTreeMap<Step<'de>, Repair>,
    walk: &'a Walk<'a, 'de>,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let repairs = &self.repairs;
        let is_there = |index| !repairs.contains_key(&Step::Item(index));
        let Some((index, item)) = self.items.find(|(index, _)| is_there(*index)) else {
            return Ok(None);
        };
        let read = self.walk.read(Step::Item(index), Some(item), seed);
        read.map(Some)
    }
}

/// Why a value could not be read.
#[derive(Debug)]
struct Error {
    message: String,
    missing: Option<&'static str>,
}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            message: message.to_string(),
            missing: None,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            message: String::from("is missing"),
            missing: Some(field),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}
