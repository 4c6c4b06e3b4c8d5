//! Reads answers as servers send them where that differs from what they promise: one odd field
//! must not make a whole record, or a whole page of records, unreadable.
//!
//! Requests are read strictly; nothing here is for them.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, IntoDeserializer as _, Visitor},
};

use crate::Json;

/// Reads `null` as the default, where a field that is absent has one too.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a whole number, also from a number with a fraction, which is cut off.
pub(crate) fn whole<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64> + TryFrom<u64>,
{
    Whole::deserialize(deserializer).map(|whole| whole.0)
}

/// Reads a whole number that may be `null`.
pub(crate) fn optional_whole<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64> + TryFrom<u64>,
{
    Ok(Option::deserialize(deserializer)?.map(|whole: Whole<T>| whole.0))
}

/// Reads a whole number for which `null` means the default.
pub(crate) fn whole_or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + TryFrom<i64> + TryFrom<u64>,
{
    Ok(optional_whole(deserializer)?.unwrap_or_default())
}

/// Reads an id that may be `null`, and that some answers give as an empty text.
pub(crate) fn optional_id<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<String, Error: fmt::Display>,
{
    let text = <Option<String>>::deserialize(deserializer)?;
    text.filter(|text| !text.is_empty())
        .map(T::try_from)
        .transpose()
        .map_err(D::Error::custom)
}

/// Reads a text that may be `null`, or a number in its place.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Ok(match Json::deserialize(deserializer)? {
        Json::Null => None,
        Json::String(text) => Some(text),
        Json::Integer(number) => Some(number.to_string()),
        Json::Unsigned(number) => Some(number.to_string()),
        Json::Float(number) => Some(number.to_string()),
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => {
            return Err(D::Error::custom("is neither a text nor a number"));
        }
    })
}

/// Reads a text that is what an answer is for: an empty one is refused.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Err(D::Error::custom("is empty"));
    }
    T::deserialize(text.into_deserializer())
}

/// Reads a list in which every item has its place: one that cannot be read is not left out, and
/// there is at least one.
pub(crate) fn all_items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let items = <Vec<Json>>::deserialize(deserializer)?;
    if items.is_empty() {
        return Err(D::Error::custom("is empty"));
    }
    let read = items.iter().map(Json::decode_answer);
    read.collect::<Result<_, _>>().map_err(D::Error::custom)
}

struct Whole<T>(T);

impl<'de, T: TryFrom<i64> + TryFrom<u64>> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What it is to be lets a reader of odd answers find a substitute.
        deserializer.deserialize_i64(WholeVisitor(PhantomData))
    }
}

struct WholeVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for WholeVisitor<T> {
    type Value = Whole<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Whole<T>, E> {
        T::try_from(number)
            .map(Whole)
            .map_err(|_| E::custom(format_args!("the number {number} is out of range")))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Whole<T>, E> {
        T::try_from(number)
            .map(Whole)
            .map_err(|_| E::custom(format_args!("the number {number} is out of range")))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Whole<T>, E> {
        // Two to the power of 63: every smaller number fits an `i64` once its fraction is gone.
        const END: f64 = 9_223_372_036_854_775_808.0;
        if number > -END && number < END {
            self.visit_i64(number as i64)
        } else {
            Err(E::custom(format_args!(
                "the number {number} is out of range"
            )))
        }
    }
}
