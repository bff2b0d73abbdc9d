"""The library's own words."""

from .build import library

PAGE = library(
    title="Library",
    intro=(
        "Articles about ketamine-assisted psychotherapy (KAP), in plain words. Each one sets hopes "
        "beside risks and lists its sources."
    ),
)
