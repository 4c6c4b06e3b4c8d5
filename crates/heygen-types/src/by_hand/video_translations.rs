use alloc::format;

use crate::{
    Invalid,
    invalid::check_times,
    limits,
    video_translations::{CreateVideoTranslation, CreateVideoTranslationBatch},
};

impl CreateVideoTranslation {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        check_times(self.start_time, self.end_time)
    }
}

impl CreateVideoTranslationBatch {
    /// Checks how many jobs the batch makes: the API counts one per language.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let jobs = self.video_translations.iter();
        let languages = jobs.map(|job| job.output_languages.len()).sum::<usize>();
        let max = *limits::BATCH_ITEMS_COUNT.end();
        if languages > max {
            let problem = format!("make {languages} jobs, one per language; the API takes {max}");
            return Err(Invalid::new("video_translations", problem));
        }
        Ok(())
    }
}
