"""Questions that people ask."""

from ..build import (
    call_to_action,
    crisis,
    questions,
    standard_page,
)

PAGE = standard_page(
    slug="questions",
    title="Common questions",
    standfirst="Short answers about ketamine-assisted psychotherapy (KAP), with their sources.",
    search_description=(
        "Is KAP approved? How long does it last? Can I drive? Short, sourced answers about "
        "ketamine-assisted psychotherapy."
    ),
    body=[
        questions(
            "About the treatment",
            [
                (
                    "What is KAP?",
                    """
                    KAP joins ketamine with talking therapy. You prepare beforehand, take the
                    medicine with a clinician present, and talk about it afterwards. You can read
                    more on [what to expect](/what-to-expect/).
                    """,
                ),
                (
                    "Is ketamine approved for depression?",
                    """
                    No. In the United States, ketamine is approved as an anesthetic. Clinicians may
                    prescribe it off-label for other uses, which is lawful [@crane-2023]. The FDA
                    has not decided that it works well enough, or safely enough, for mental health
                    [@fda-2023].
                    """,
                ),
                (
                    "Is esketamine the same thing?",
                    """
                    No. Esketamine (Spravato) is a nasal spray made from one half of the ketamine
                    mix. It has approval for some kinds of depression. People take it only in
                    certified places and stay for at least two hours [@janssen-2025].
                    """,
                ),
                (
                    "How soon might I feel a change, and will it last?",
                    """
                    In nine short depression trials, 52% of those given ketamine responded within a
                    day. After a week it was 40% [@han-2016]. To respond means that symptoms fell by
                    at least half. Benefit often fades within weeks [@murrough-2013b][@kew-2023].
                    Some people feel no change at all, and the use is off-label.
                    """,
                ),
                (
                    "Does the therapy make the effect last?",
                    """
                    We do not know yet. Patients in three KAP practices improved, but the study had
                    no comparison group [@dore-2019]. A later review found no proof that therapy
                    adds to ketamine [@kew-2023]. Proper trials are still needed.
                    """,
                ),
                (
                    "Does it help with trauma?",
                    """
                    Results are mixed, and this use is off-label as well. A trial with 158 veterans
                    and service members found no significant gain in PTSD. Their depression did
                    ease [@abdallah-2022].
                    """,
                ),
                (
                    "How many sessions will I need?",
                    """
                    There is no number that fits everybody. Before you begin, ask your clinician
                    how you will judge together whether it helps. You may stop at any point.
                    """,
                ),
            ],
        ),
        questions(
            "About risks",
            [
                (
                    "What are the common side effects?",
                    """
                    People report dizziness, headache, blurred vision, raised blood pressure,
                    anxiety and feeling detached [@short-2018]. In an esketamine trial, most effects
                    passed in about an hour and a half [@popova-2019]. Some people have had mental
                    symptoms days or weeks later [@par-2020].
                    [How safe is KAP?](/library/how-safe-is-kap/) says more.
                    """,
                ),
                (
                    "Can somebody become dependent on ketamine?",
                    """
                    Yes, that can happen, and misuse is a real risk [@fda-2023]. In a survey of
                    1,285 recreational users, 17% met the criteria for dependence [@winstock-2012].
                    Rates in supervised care are not well known. Tell your clinician about any past
                    or present trouble with alcohol or drugs.
                    """,
                ),
                (
                    "Can I drive home?",
                    """
                    No. Wait until the next day, after you have slept [@janssen-2025]. Bring
                    another adult or arrange a ride before you come.
                    """,
                ),
                (
                    "Should I stop my other medicines first?",
                    """
                    Please do not stop or change a medicine on your own. Bring a full list to your
                    screening, and let your clinicians decide with you.
                    """,
                ),
                (
                    "Can ketamine help with thoughts of suicide?",
                    """
                    In ten trials with 167 people, one dose eased such thoughts within a day. The
                    effect was seen for up to a week [@wilkinson-2018]. That is not the same as
                    preventing suicide, which has not been shown. The use is off-label and does not
                    replace urgent care. Help for today is right below.
                    """,
                ),
            ],
        ),
        crisis(),
        call_to_action(
            "Is your question missing?",
            "Send it to us in a line or two.",
            label="Contact us",
            path="/contact/",
        ),
    ],
)
