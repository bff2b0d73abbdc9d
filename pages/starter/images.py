"""The drawn scenes of the starter content.

Each key names two files in ``pages/starter/images/``: ``KEY.svg``, the drawing, and ``KEY.png``,
its 1800 x 1200 rendering, which is the one that goes into the image library.
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
