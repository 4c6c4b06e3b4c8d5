use alloc::string::{String, ToString as _};

use serde::{
    Deserialize, Deserializer,
    de::{
        IntoDeserializer, Visitor,
        value::{
            BorrowedStrDeserializer, Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
        },
    },
    forward_to_deserialize_any,
};

use super::Json;
use crate::Invalid;

impl Json {
    /// Reads the value as a type.
    ///
    /// # Errors
    ///
    /// Says what the type lacks or does not accept.
    ///
    /// ```
    /// use heygen_types::{Json, VideoId};
    ///
    /// let ids: Json = serde_json::from_str(r#"["v1", "v2"]"#)?;
    /// let ids: Vec<VideoId> = ids.decode()?;
    /// assert_eq!(ids[1].as_str(), "v2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decode<'de, T: Deserialize<'de>>(&'de self) -> Result<T, Invalid> {
        T::deserialize(Reader(self)).map_err(|error| Invalid::new("value", error.to_string()))
    }
}

/// A value that is being read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'de>(pub(super) &'de Json);

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Json::Null => visitor.visit_unit(),
            Json::Bool(flag) => visitor.visit_bool(*flag),
            Json::Integer(number) => visitor.visit_i64(*number),
            Json::Unsigned(number) => visitor.visit_u64(*number),
            Json::Float(number) => visitor.visit_f64(*number),
            Json::String(text) => visitor.visit_borrowed_str(text),
            Json::Array(items) => {
                let mut items = SeqDeserializer::new(items.iter().map(Reader));
                let value = visitor.visit_seq(&mut items)?;
                items.end().map(|()| value)
            }
            Json::Object(members) => {
                visitor.visit_map(MapDeserializer::new(members.iter().map(member)))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Json::String(text) => {
                BorrowedStrDeserializer::new(text).deserialize_enum(name, variants, visitor)
            }
            Json::Object(members) => {
                let members = MapDeserializer::new(members.iter().map(member));
                MapAccessDeserializer::new(members).deserialize_enum(name, variants, visitor)
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn member<'de>((name, value): (&'de String, &'de Json)) -> (&'de str, Reader<'de>) {
    (name, Reader(value))
}
