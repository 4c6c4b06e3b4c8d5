use alloc::format;

use crate::{Invalid, templates::Dimension};

impl Dimension {
    /// Checks that both sides are even, as video encoders need it.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        for (name, side) in [("width", self.width), ("height", self.height)] {
            if !side.is_multiple_of(2) {
                return Err(Invalid::new(name, format!("is {side}, which is not even")));
            }
        }
        Ok(())
    }
}
