//! The public items as text, one a line.

use std::fmt::Write as _;

use public_api::PublicApi;

/// Lists the items in the order of their paths.
pub(crate) fn of(api: &PublicApi) -> String {
    let lines: Vec<String> = api.items().map(ToString::to_string).collect();
    let mut text = String::new();
    for line in without_parts_of_traits(&lines) {
        writeln!(text, "{line}").expect("a string takes any text");
    }
    text
}

/// Leaves out the functions and constants in implementations of traits: the trait says that they
/// are there. Their types stay, for these are chosen.
fn without_parts_of_traits(lines: &[String]) -> impl Iterator<Item = &String> {
    let mut owner = None;
    lines.iter().filter(move |line| {
        if line.starts_with("impl") {
            owner = implementor(line);
            return true;
        }
        let item = line.strip_prefix("pub ").unwrap_or(line);
        let (Some(of), false) = (owner, item.starts_with("type ")) else {
            return true;
        };
        if !is_part_of(item, of) {
            owner = None;
        }
        owner.is_none()
    })
}

/// Returns the type of `impl Trait for Type`, without its generics.
fn implementor(line: &str) -> Option<&str> {
    let (_, of) = line.rsplit_once(" for ")?;
    Some(&of[..of.find(['<', ' ']).unwrap_or(of.len())])
}

/// Tells whether an item such as `fn a::Type<T>::method()` belongs to a type.
fn is_part_of(item: &str, of: &str) -> bool {
    let kinds = ["async fn ", "const fn ", "fn ", "const "];
    let path = kinds.iter().find_map(|kind| item.strip_prefix(kind));
    path.and_then(|path| path.strip_prefix(of))
        .is_some_and(|rest| rest.starts_with("::") || rest.starts_with('<'))
}

#[cfg(test)]
mod tests {
    use super::{implementor, without_parts_of_traits};

    #[test]
    fn parts_of_implementations_of_traits_are_left_out() {
        let lines = [
            "impl a::Type",
            "pub fn a::Type::new() -> Self",
            "impl core::str::traits::FromStr for a::Type",
            "pub type a::Type::Err = a::Invalid",
            "pub fn a::Type::from_str(&str) -> Self",
            "impl a::Operation for a::Type",
            "pub const a::Type::PATH: &'static str",
            "impl<T: core::clone::Clone> core::fmt::Display for a::List<T>",
            "pub fn a::List<T>::fmt(&self)",
            "pub fn a::free()",
        ];
        let lines = lines.map(str::to_owned);
        let kept: Vec<&str> = without_parts_of_traits(&lines)
            .map(String::as_str)
            .collect();
        let expected = [0, 1, 2, 3, 5, 7, 9].map(|line: usize| lines[line].as_str());
        assert_eq!(kept, expected);
    }

    #[test]
    fn an_implementation_of_a_trait_names_its_type() {
        let line = "impl<F: core::ops::Fn(u8) -> u8 + 'static> a::Observer for F";
        assert_eq!(implementor(line), Some("F"));
        assert_eq!(implementor("impl a::Type"), None);
        assert_eq!(
            implementor("impl a::B for a::C<'_> where X: Y"),
            Some("a::C")
        );
    }
}
