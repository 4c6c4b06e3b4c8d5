use crate::open_enum::open_enum;

open_enum! {
    /// The shape of a picture, width to height.
    AspectRatio {
        /// Wide.
        Landscape = "16:9",
        /// Tall.
        Portrait = "9:16",
        /// A little taller than wide.
        FourToFive = "4:5",
        /// A little wider than tall.
        FiveToFour = "5:4",
        /// As wide as tall.
        Square = "1:1",
        /// Whatever fits the material.
        Auto = "auto",
    }
}

open_enum! {
    /// Whether speed or precision matters more.
    ProcessingMode {
        /// Faster.
        Speed = "speed",
        /// Closer lip movements, slower.
        Precision = "precision",
    }
}

open_enum! {
    /// What happens to the frame rate. It has an effect only with an audio of the caller's own.
    FpsMode {
        /// Variable frame rate.
        Vfr = "vfr",
        /// Constant frame rate.
        Cfr = "cfr",
        /// As it comes.
        Passthrough = "passthrough",
    }
}
