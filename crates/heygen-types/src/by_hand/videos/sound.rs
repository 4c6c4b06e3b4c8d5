use crate::{Invalid, videos::OutputFormat};

/// Checks that a video has exactly one source of sound.
pub(super) fn check_sound(
    script: bool,
    audio_url: bool,
    audio_asset_id: bool,
) -> Result<(), Invalid> {
    if [script, audio_url, audio_asset_id]
        .iter()
        .all(|given| !given)
    {
        return Err(Invalid::new(
            "script",
            "is missing, and audio_url and audio_asset_id too; one of them is needed",
        ));
    }
    check_voiceover(script, audio_url, audio_asset_id)
}

/// Checks that a scene has one source of sound, or a length without any.
pub(super) fn check_scene_sound(
    script: bool,
    audio_url: bool,
    audio_asset_id: bool,
    duration: bool,
) -> Result<(), Invalid> {
    if !duration {
        return check_sound(script, audio_url, audio_asset_id);
    }
    if script || audio_url || audio_asset_id {
        return Err(Invalid::new(
            "duration",
            "is given beside sound, which sets the length",
        ));
    }
    Ok(())
}

/// Checks that at most one source of sound is given.
pub(super) fn check_voiceover(
    script: bool,
    audio_url: bool,
    audio_asset_id: bool,
) -> Result<(), Invalid> {
    let problem = match (script, audio_url, audio_asset_id) {
        (true, true, _) => (
            "script",
            "is given beside audio_url; they exclude each other",
        ),
        (true, _, true) => (
            "script",
            "is given beside audio_asset_id; they exclude each other",
        ),
        (_, true, true) => (
            "audio_url",
            "is given beside audio_asset_id; they exclude each other",
        ),
        _ => return Ok(()),
    };
    Err(Invalid::new(problem.0, problem.1))
}

/// Checks that a script has a voice where nothing else gives it one.
pub(super) fn check_script_voice(script: bool, voice: bool) -> Result<(), Invalid> {
    if script && !voice {
        return Err(Invalid::new(
            "voice_id",
            "is missing, the script needs a voice",
        ));
    }
    Ok(())
}

/// Checks that a video with a transparent background is given no other.
pub(super) fn check_transparency(
    format: Option<&OutputFormat>,
    background: bool,
) -> Result<(), Invalid> {
    if background && format == Some(&OutputFormat::Webm) {
        return Err(Invalid::new(
            "background",
            "is given, but the background of webm is transparent",
        ));
    }
    Ok(())
}
