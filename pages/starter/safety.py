"""The starter article on the risks and benefits of KAP."""

from pages.starter.build import (
    article,
    balance,
    call_to_action,
    callout,
    care,
    crisis,
    effects,
    figure,
    heading,
    key_points,
    number,
    study,
    subheading,
    suitability,
    text,
)

ARTICLE = article(
    slug="how-safe-is-kap",
    title="How Safe Is KAP? The Risks and Benefits of Ketamine-Assisted Psychotherapy",
    standfirst=(
        "Ketamine-assisted psychotherapy (KAP) gives some people hope when other care has not "
        "helped. Here is what is known about its risks and benefits, and what is not."
    ),
    search_description=(
        "Is ketamine-assisted psychotherapy safe? What studies show about benefits, side "
        "effects, who it may not suit, and why supervision matters."
    ),
    topic="safety",
    image="door",
    body=[
        text("""
        In recent years KAP has drawn more attention than most mental health treatments. You may
        live with severe depression, anxiety, post-traumatic stress disorder (PTSD), or
        suicidal thoughts that keep returning. If the usual treatments have not worked, KAP may
        look like a fresh reason for hope.

        You may also ask whether something so new is safe, and what could go wrong. It is wise to
        ask. Plain answers let you choose with confidence.
        """),
        key_points(
            """Using ketamine for mental health is **off-label**. The FDA has approved it only as
            an anesthetic [@fda-2023].""",
            """Most side effects fade within one to two hours. Some people have effects that last
            much longer [@popova-2019][@par-2020].""",
            """Relief can come fast, but it often fades [@murrough-2013b]. Long-term safety is not
            well studied [@short-2018].""",
            "KAP does not suit everyone, so medical and psychological screening comes first.",
            """Ketamine has not been shown to prevent suicide: trials followed people for a week at
            most [@wilkinson-2018]. In a crisis in the US, call or text 988.""",
        ),
        heading("What makes KAP different"),
        text("""
        Ketamine is a fast-acting medicine that doctors first used in surgery and other medical
        care. The FDA approved it as an anesthetic in 1970 [@li-2019]. At lower, controlled doses
        it can strongly affect mood, thinking, and the way you process feelings. Using it for
        mental health is off-label: lawful for a prescriber, but not approved by the FDA
        [@crane-2023][@fda-2023].

        KAP joins the medicine with therapy: **before it, during it and after it**, every time.
        Ketamine infusions without that support are a different treatment. In therapy you look
        back on the experience and work through it. Then you put what you learned to use.
        """),
        balance(
            benefit="""
            The hope is that what becomes clear in a session grows into change that lasts. In
            three practices, 235 people had less depression and anxiety on average after
            off-label KAP [@dore-2019].
            """,
            risk="""
            That study had no comparison group. No completed randomized trial has settled whether
            therapy makes the benefit last [@kew-2023]. A trial of KAP against ketamine alone runs
            to August 2027 [@mount-sinai-2025].
            """,
        ),
        figure("room", caption="Talking before, during and after the medicine sets KAP apart."),
        heading("The possible benefits, and their limits"),
        text("""
        Both research and daily practice suggest that ketamine, used off-label, can bring some
        people real relief. Many of them had not been helped by standard medicines or therapy
        alone. Some felt better within hours or days [@fava-2020][@han-2016]. A group for the
        American Psychiatric Association agrees that it may help some people. It adds that studies
        are small and long-term data are limited [@sanacora-2017].
        """),
        subheading("Suicidal thoughts"),
        balance(
            benefit="""
            Across ten trials, one infusion eased suicidal thoughts within a day and for up to a
            week [@wilkinson-2018]. For a person in crisis, such relief can change a great deal.
            """,
            risk="""
            Those trials followed 167 people with such thoughts for a week at most. Off-label
            ketamine has not been shown to prevent suicide. Neither has its approved relative,
            esketamine [@janssen-2025]. Neither one replaces hospital care.
            """,
        ),
        crisis(),
        subheading("Openness and trauma work"),
        text("""
        Many people describe feeling open, clear and less guarded during a session. That can make
        therapy more productive. In trauma work, ketamine may for a time lower the walls that
        trauma builds. Therapy can then reach deeper. These are reports from people and
        clinicians. The largest PTSD trial did not find a clear effect on PTSD scores.
        """),
        study(
            "Off-label ketamine for PTSD",
            design="Randomized, double-blind trial at several centers, against placebo",
            people="158 veterans and service members with PTSD",
            found="""
            Ketamine did not improve PTSD scores significantly more than placebo. Depression
            improved more with the standard dose of ketamine.
            """,
            limits="""
            The trial tested repeated ketamine infusions, not KAP. It followed people for four
            weeks after the last one.
            """,
            source="abdallah-2022",
        ),
        text("""
        KAP is not a quick fix. What clinicians often see is that people gain some room inside,
        and healing can start there.
        """),
        heading("What is known about safety"),
        text("""
        Ketamine has been part of medical care for decades, and its short-term effects are well
        studied. When trained, licensed clinicians give it in a controlled setting, many consider
        it safe. That view rests mostly on its use as an anesthetic. For mental health its use is
        off-label. The FDA has not determined that it is safe for that purpose, or that it works
        [@fda-2023].

        Most side effects come during the session or soon after it. They usually pass within one
        to two hours. Clinicians expect them and watch for them closely. Much of the data comes
        from esketamine, a close relative approved as a nasal spray.
        """),
        effects(
            "Side effects reported with ketamine or esketamine",
            rows=[
                (
                    "Feeling detached from your body or surroundings (dissociation)",
                    "About 1 in 4 in an esketamine trial",
                    "Mostly gone by about an hour and a half",
                ),
                (
                    "Nausea, often mild",
                    "About 1 in 4 in an esketamine trial",
                    "Mostly gone by about an hour and a half",
                ),
                (
                    "Dizziness or headache",
                    "Each about 1 in 5 in an esketamine trial",
                    "Mostly gone by about an hour and a half",
                ),
                (
                    "Confusion, anxiety or blurred vision",
                    "Reported; no single figure",
                    "Usually one to two hours",
                ),
                (
                    "Faster heartbeat and higher blood pressure",
                    "Common; people vary",
                    "Usually settles while you are watched",
                ),
                (
                    "Psychiatric events after the session",
                    "Reported in some people; rate not known",
                    "Days to weeks",
                ),
                (
                    "Bladder or liver injury",
                    "Linked to repeated use; rate in supervised care not well known",
                    "Can last and needs medical care",
                ),
            ],
            note="""
            Figures: a trial of esketamine on its own [@janik-2025]. Timing: an esketamine trial
            in which 7% stopped because of side effects, against 0.9% without it [@popova-2019].
            Also a review of 60 reports [@short-2018] and the ketamine label [@par-2020].
            """,
        ),
        number(
            7,
            100,
            """People who stopped because of side effects in a trial of esketamine. Of those given a
            placebo spray, about 1 out of 100 did [@popova-2019]. For off-label ketamine there is
            no such figure.""",
        ),
        text("""
        Rises in blood pressure differ between studies. Over 684 infusions at one clinic, the
        average peak was about 3 points [@riva-posse-2018]. A review of 2,252 treatments found
        about 13 points for the upper number and 8 for the lower [@vankawala-2021]. So staff check
        it before, during and after.
        """),
        callout(
            "Going home",
            """
            Do not drive until the next day, after a night's sleep [@janssen-2025]. Arrange your
            ride home before you come.
            """,
            tone="caution",
        ),
        care(
            "now",
            "Somebody breathes slowly, faints or is hard to wake",
            """
            Call 911 and stay with them. Slowed breathing is among the risks that the FDA names for
            off-label ketamine products [@fda-2023].
            """,
        ),
        care(
            "soon",
            "Something does not settle",
            """
            - pain when you pass urine [@par-2020]
            - fear or confusion that comes back in the days after [@par-2020]
            - a wish to take ketamine between sessions [@fda-2023]

            In a crisis, call or text 988.
            """,
        ),
        subheading("Dependence and bladder problems"),
        text("""
        Frequent recreational use at high doses carries real risks. In a survey of 1,285 such
        users, 17% met the criteria for dependence. Urinary symptoms affected 26.6%, and they rose
        with dose and frequency [@winstock-2012].
        """),
        balance(
            benefit="""
            Care in a clinic is not like that. You receive smaller doses at planned intervals, and
            clinicians watch over each one. Therapy is meant to be a further protection
            against misuse. Studies so far have not found addiction or lasting medical harm to be
            typical with prescribed use. Few looked for it over a long time [@short-2018].
            """,
            risk="""
            Long-term safety is under-reported in those studies [@short-2018]. The FDA names abuse
            and misuse among the risks of off-label ketamine [@fda-2023]. Rates in supervised care
            are not well known.
            """,
        ),
        text("""
        Some conditions can make KAP too risky, such as uncontrolled high blood pressure or past
        psychosis. The last section lists them. Careful medical and psychological screening shows
        whether treatment suits you.
        """),
        heading("Why supervision and integration matter"),
        text("""
        How ketamine is given shapes how safe it is. Worry is greatest where nobody supervises
        its use, or where no therapy goes with it. The FDA has issued alerts about compounded
        ketamine, including unwatched use at home [@fda-2022][@fda-2023]. KAP should always
        include:

        - a medical check before you start
        - trained clinicians who stay with you
        - a calm room where you feel supported
        - clear rules for how ketamine is dosed

        Integration sessions follow each treatment. There you make sense of insights and strong
        feelings. Trauma that surfaced gets careful attention. You also try out new ways of seeing
        things in everyday life. Many therapists believe that lasting healing takes hold here.

        Ketamine may loosen habits of thought and feeling in ways that talking alone sometimes
        cannot. People may feel closer to themselves, and hard emotions may frighten them less.
        That is clinical experience. Trials have not yet shown that therapy adds to off-label
        ketamine [@kew-2023].
        """),
        heading("Is KAP right for you?"),
        suitability(
            may=[
                "Several medicines have brought no real relief.",
                "Ordinary talk therapy seems to have stalled.",
                "Your depression is severe and does not lift.",
                "You have suicidal thoughts. If you are in danger now, get crisis help first.",
                "The effects of trauma keep disturbing your days.",
                "Anxiety has become too much to handle.",
            ],
            may_not=[
                "High blood pressure that is not controlled, or severe heart disease [@par-2020]",
                "An active problem with alcohol or drugs",
                "Psychosis, now or in the past, or mania",
                "Certain neurological conditions, or raised pressure in the head",
                """Aneurysm disease, tangled blood vessels (an AVM), or a past brain bleed
                [@janssen-2025]""",
                "Pregnancy or breastfeeding [@janssen-2025]",
                "Thyroid disease that is not controlled",
                "Severe liver disease or bladder inflammation [@par-2020]",
                "An allergy to ketamine or esketamine [@janssen-2025]",
            ],
            note="""
            With any of these, KAP may not be suitable: your clinician decides with you after
            screening. All of this use is off-label.
            """,
        ),
        text("""
        With trained professionals beside you, KAP can give healing a strong start. It does not
        help everyone. To see how strong the evidence is, read
        [KAP and treatment-resistant depression](/library/kap-and-treatment-resistant-depression/).
        """),
        call_to_action(
            "Talk it over with us",
            """
            Perhaps you wonder whether KAP for depression could shift what has long felt stuck.
            Bring that question to us. You are worth relief, steady support, and care planned
            around your needs. For urgent help, call or text 988.
            """,
            label="Contact us",
            path="/contact/",
        ),
    ],
)
