use crate::{
    AspectRatio, Invalid,
    models::{ModelVideoResolution, ReferenceToVideo, TextToVideo},
};

impl TextToVideo {
    /// Checks that the resolution and the aspect ratio go together.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let default = AspectRatio::Landscape;
        let aspect_ratio = self.aspect_ratio.as_ref().unwrap_or(&default);
        check_resolution(self.resolution.as_ref(), aspect_ratio)
    }
}

impl ReferenceToVideo {
    /// Checks the number of references, and that the resolution and the aspect ratio go together.
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let default = AspectRatio::Adaptive;
        let aspect_ratio = self.aspect_ratio.as_ref().unwrap_or(&default);
        check_resolution(self.resolution.as_ref(), aspect_ratio)?;
        let lists = [
            &self.reference_audio,
            &self.reference_images,
            &self.reference_videos,
        ];
        let count: usize = lists.into_iter().flatten().map(|list| list.len()).sum();
        if count > REFERENCES_MAX {
            let problem = alloc::format!(
                "has {count} items together with reference_audio and reference_videos, the API takes \
                 at most {REFERENCES_MAX}"
            );
            return Err(Invalid::new("reference_images", problem));
        }
        Ok(())
    }
}

/// The most references of a video, of all kinds together (reference page of the API).
const REFERENCES_MAX: usize = 12;

/// Checks that only videos in the shapes of a screen have many lines. Values of a newer API are left
/// to the server.
fn check_resolution(
    resolution: Option<&ModelVideoResolution>,
    aspect_ratio: &AspectRatio,
) -> Result<(), Invalid> {
    use AspectRatio::{Landscape, Portrait, Unknown};
    let has_many_lines = matches!(
        resolution,
        Some(ModelVideoResolution::FullHd | ModelVideoResolution::TwoK)
    );
    if has_many_lines && !matches!(aspect_ratio, Landscape | Portrait | Unknown(_)) {
        let problem =
            alloc::format!("is {aspect_ratio}, the API takes 1080p and 2k only with 16:9 or 9:16");
        return Err(Invalid::new("aspect_ratio", problem));
    }
    Ok(())
}
