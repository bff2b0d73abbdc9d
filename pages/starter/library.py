"""The library's own words."""

from .build import library

PAGE = library(
    title="Library",
    search_description=(
        "Articles about ketamine-assisted psychotherapy (KAP): safety, depression, what studies "
        "show and what they do not."
    ),
    standfirst=(
        "Articles about ketamine-assisted psychotherapy (KAP), in plain words. Each one sets hopes "
        "beside risks and lists its sources."
    ),
)
