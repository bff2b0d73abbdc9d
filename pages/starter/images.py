"""The drawn scenes of the starter content.

Each key names a file in ``pages/starter/images/``. A drawing knows light and dark screens; these
are the only SVG files in the image library, since whoever uploads one could hide a script in it.
"""

# key: (title, alternative text)
IMAGES: dict[str, tuple[str, str]] = {
    "room": (
        "Talking room",
        "Two armchairs turned toward each other on a round rug, with morning light from a window "
        "across the floor.",
    ),
    "path": (
        "Path through the hills",
        "A pale path winds through layered green hills toward a low morning sun.",
    ),
    "cup": (
        "Cup by the window",
        "A steaming cup of tea on a wooden table beside a window, with a small sprig in a vase.",
    ),
    "chairs": (
        "Treatment room",
        "A recliner with a folded blanket and a second chair beside it, in soft light through a "
        "window blind.",
    ),
    "door": (
        "Open front door",
        "An open green front door with potted plants beside it and warm light falling onto the "
        "steps.",
    ),
}
