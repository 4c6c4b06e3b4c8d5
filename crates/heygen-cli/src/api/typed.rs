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
    let body = body
        .decode()
        .map_err(|invalid| Invalid::new("", invalid.problem().to_owned()))?;
    O::validate_body(&body)
}
