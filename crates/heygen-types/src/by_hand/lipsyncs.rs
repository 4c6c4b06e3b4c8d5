use crate::{Invalid, invalid::check_times, lipsyncs::CreateLipsync};

impl CreateLipsync {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_times(self.start_time, self.end_time)
    }
}
