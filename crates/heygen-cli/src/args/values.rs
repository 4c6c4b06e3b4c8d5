use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::{IntErrorKind, ParseIntError},
    str::FromStr,
    time::Duration,
};

use heygen_client::types::{IdempotencyKey, MediaType};
use jiff::{SignedDuration, Timestamp};

/// A time such as `30s`, or `none` for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeLimit(pub(crate) Duration);

impl FromStr for TimeLimit {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" {
            return Ok(Self(Duration::MAX));
        }
        // Without a digit in front it could be ISO 8601 (`PT30S`), which nobody expects here.
        let duration = text
            .starts_with(|first: char| first.is_ascii_digit())
            .then(|| text.parse::<SignedDuration>().ok())
            .flatten()
            .and_then(|duration| Duration::try_from(duration).ok());
        match duration {
            Some(Duration::ZERO) => Err("it has to be longer than zero"),
            Some(duration) => Ok(Self(duration)),
            None => Err("write a time as 500ms, 30s, 5m or 1h, or none for no limit"),
        }
    }
}

/// A time of the calendar, since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WallClock(pub(crate) Duration);

impl FromStr for WallClock {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = text.parse::<Timestamp>().map(Timestamp::as_duration);
        let since_1970 = time.ok().and_then(|time| Duration::try_from(time).ok());
        since_1970
            .map(Self)
            .ok_or("write a time from 1970 on as 2030-01-31T12:00:00Z")
    }
}

/// An address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listen(pub(crate) SocketAddr);

impl FromStr for Listen {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (host, port) = text.rsplit_once(':').unwrap_or(("localhost", text));
        let port = port.parse::<u16>();
        let host = if host == "localhost" {
            Ok(IpAddr::from(Ipv4Addr::LOCALHOST))
        } else {
            host.trim_start_matches('[').trim_end_matches(']').parse()
        };
        match (host, port) {
            (Ok(host), Ok(port)) => Ok(Self((host, port).into())),
            _ => Err("write an address as 8080, 127.0.0.1:8080 or [::1]:8080"),
        }
    }
}

/// Reads a whole number of any type.
pub(crate) fn number<T: FromStr<Err = ParseIntError>>(text: &str) -> Result<T, &'static str> {
    text.parse::<T>().map_err(|error| match error.kind() {
        IntErrorKind::PosOverflow => "the number is too large",
        IntErrorKind::Zero => "write a whole number from 1 on",
        _ => "write a whole number such as 8",
    })
}

/// Reads one of the accepted media types, or the extension that stands for it.
pub(crate) fn media_type(text: &str) -> Result<MediaType, String> {
    let accepted = MediaType::ACCEPTED;
    accepted
        .iter()
        .find(|known| known.extension() == Some(text))
        .cloned()
        .or_else(|| Some(MediaType::from(text)).filter(|given| accepted.contains(given)))
        .ok_or_else(|| {
            let names: Vec<&str> = accepted.iter().map(MediaType::as_str).collect();
            format!("HeyGen takes {}", names.join(", "))
        })
}

/// Reads an idempotency key.
pub(crate) fn idempotency_key(text: &str) -> Result<IdempotencyKey, String> {
    text.parse::<IdempotencyKey>()
        .map_err(|invalid| format!("the key {}", invalid.problem()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_usual_form() {
        for (text, millis) in [
            ("500ms", 500),
            ("30s", 30_000),
            ("5m", 300_000),
            ("1h", 3_600_000),
            ("1h30m", 5_400_000),
            ("1.5s", 1500),
        ] {
            let expected = TimeLimit(Duration::from_millis(millis));
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        assert_eq!("none".parse(), Ok(TimeLimit(Duration::MAX)));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "30",
            "-5s",
            "s",
            "soon",
            "PT30S",
            "0s",
            "5 parsecs",
            "1e9999s",
        ] {
            assert!(text.parse::<TimeLimit>().is_err(), "{text}");
        }
    }

    #[test]
    fn times_of_the_calendar_say_where_they_are() {
        let time = |text: &str| text.parse::<WallClock>().map(|time| time.0.as_secs());
        assert_eq!(time("1970-01-01T00:01:00Z"), Ok(60));
        assert_eq!(time("2030-01-31T13:00:00+01:00"), Ok(1_896_091_200));
        for text in [
            "",
            "60",
            "2030-01-31",
            "2030-01-31T12:00:00",
            "1969-12-31T23:59:59Z",
        ] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_read_with_and_without_host() {
        let address = |text: &str| text.parse::<Listen>().map(|listen| listen.0.to_string());
        assert_eq!(address("8080"), Ok("127.0.0.1:8080".to_owned()));
        assert_eq!(address("localhost:1"), Ok("127.0.0.1:1".to_owned()));
        assert_eq!(address("0.0.0.0:80"), Ok("0.0.0.0:80".to_owned()));
        assert_eq!(address("[::1]:80"), Ok("[::1]:80".to_owned()));
        for text in ["", "80:", ":", "host:80", "127.0.0.1", "127.0.0.1:70000"] {
            assert!(address(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_refused_in_words_of_the_command_line() {
        use std::num::NonZeroU16;
        assert_eq!(number::<u32>("7"), Ok(7));
        for (text, says) in [
            ("0", "from 1 on"),
            ("65536", "too large"),
            ("-1", "a whole number"),
            ("1.5", "a whole number"),
            ("", "a whole number"),
        ] {
            let error = number::<NonZeroU16>(text).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn media_types_are_read_by_any_of_their_names() {
        assert_eq!(media_type("mp4"), Ok(MediaType::Mp4));
        assert_eq!(media_type("audio/x-wav"), Ok(MediaType::Wav));
        assert!(media_type("video/quicktime").is_err());
    }
}
