"""The starter article on KAP and treatment-resistant depression."""

from pages.starter.build import (
    article,
    balance,
    call_to_action,
    callout,
    crisis,
    figure,
    heading,
    key_points,
    number,
    steps,
    study,
    subheading,
    text,
)

ARTICLE = article(
    slug="kap-and-treatment-resistant-depression",
    title=("KAP and Treatment-Resistant Depression: Science, Benefits, and What to Expect"),
    standfirst=(
        "When several antidepressants have not helped, what can ketamine-assisted psychotherapy "
        "(KAP) offer? Here is what trials show, what they do not, and what each step involves."
    ),
    search_description=(
        "What trials of ketamine show for treatment-resistant depression, good and bad, what is "
        "still unknown, and what to expect from KAP."
    ),
    topic="depression",
    image="path",
    body=[
        text("""
        Trying one medicine after another without relief is exhausting. It is not a failing of
        yours. This article sets out what is known about ketamine for such depression, with the
        limits beside each result. For side effects, read [How safe is
        KAP?](/library/how-safe-is-kap/).
        """),
        key_points(
            """Treatment-resistant depression usually means that two or more antidepressants,
            properly tried, have not helped enough [@fava-2020].""",
            """After one infusion, about half of people in short trials felt much better by the
            next day [@han-2016]. Often the gain is gone within weeks [@murrough-2013b].""",
            """In 2025, a blinded trial of repeated infusions found no clear advantage
            [@jelovac-2025].""",
            """Ketamine for depression is **off-label**. Whether therapy adds to it is not proven
            [@kew-2023].""",
        ),
        heading("What treatment-resistant depression means"),
        text("""
        Treatment-resistant depression (TRD) usually means that at least two antidepressants have
        not worked well enough. Each must have been taken at a proper dose for long enough
        [@fava-2020]. The name says nothing about your effort or your chances with other care.

        How common it is depends on the definition. A US study of insurance records counted about
        6% of adults treated with medicines for depression [@liu-2021]. Another US estimate was
        30.9% [@zhdanava-2021].

        A large study called STAR*D shows how the odds shrink. Remission means few or no symptoms.
        It reached 36.8% at the first step and 30.6% at the second. At the third and fourth steps
        it was 13.7% and 13.0% [@rush-2006]. The total is disputed. The authors reported 67% over
        all steps, and a later reanalysis found 35% [@rush-2006][@pigott-2023].
        """),
        heading("What the trials show"),
        text("""
        In this article, *response* means that a symptom score fell by at least half. Nearly all
        these trials tested ketamine as a medicine, without the therapy that makes it KAP. Every
        such use of ketamine is off-label [@fda-2023].
        """),
        subheading("One infusion"),
        text("""
        A small trial in 2006 gave ketamine to 17 people with TRD. The next day 71% responded and
        29% were in remission. After a week, 35% were still responding [@zarate-2006]. A later
        review pooled nine trials with 368 people with depression. Response was 52% after a day
        and 40% after a week [@han-2016].
        """),
        number(
            52,
            100,
            """People whose symptoms had at least halved a day after one infusion, in those nine
            trials. After a week it was 40 out of 100 [@han-2016]. These were short trials of an
            off-label medicine, without the therapy that makes it KAP.""",
        ),
        study(
            "Ketamine against an active placebo",
            design="Randomized, double-blind; one infusion of ketamine or midazolam, a sedative",
            people="73 people with TRD",
            found="After 24 hours, 64% responded to ketamine and 28% to midazolam.",
            limits="""
            It tested a single infusion. People can often tell which drug they received, which may
            inflate the difference [@mcintyre-2021].
            """,
            source="murrough-2013a",
        ),
        subheading("Repeated infusions"),
        text("""
        Does repeating it help for longer? In one study without a control group, people had up to
        six infusions. Among those who responded, half had relapsed by 18 days after the last one
        [@murrough-2013b].
        """),
        study(
            "KARMA-Dep 2: no significant difference",
            design="Randomized, double-blind; up to eight infusions of ketamine or midazolam",
            people="65 people in hospital with depression",
            found="""
            At the end, depression scores did not differ significantly between ketamine and
            midazolam.
            """,
            limits="""
            The trial was small, ran at one center and did not require TRD. Everyone also had
            hospital care, which can help by itself.
            """,
            source="jelovac-2025",
        ),
        subheading("Ketamine compared with ECT"),
        text("""
        Electroconvulsive therapy (ECT) is a long-established treatment for severe depression. Two
        trials compared it with ketamine, and they point in opposite directions.
        """),
        study(
            "ELEKT-D: ketamine held up",
            design="Randomized, open-label; three weeks of ketamine or ECT",
            people="403 people with TRD, without psychosis",
            found="Response was 55.4% with ketamine and 41.2% with ECT.",
            limits="""
            Everyone knew which treatment they had, and more people left the ECT group before it
            began.
            """,
            source="anand-2023",
        ),
        study(
            "KetECT: ECT did better",
            design="Randomized, open-label; up to twelve sessions of ketamine or ECT",
            people="186 people in hospital with depression",
            found="Remission was 63% with ECT and 46% with ketamine.",
            limits="""
            Everyone knew which treatment they had. Most people in remission relapsed within a
            year, in both groups.
            """,
            source="ekstrand-2022",
        ),
        subheading("Esketamine, an approved relative"),
        text("""
        Esketamine nasal spray (Spravato) is a different product from plain ketamine. The FDA
        approved it for TRD in 2019, together with an oral antidepressant. Since January 2025 it
        can be used on its own. Only certified settings give it, and they watch you for at least
        two hours [@janssen-2025].
        """),
        balance(
            benefit="""
            With a new antidepressant, 69.3% responded by day 28, against 52.0% with a placebo
            spray. Remission was 52.5% against 31.0% [@popova-2019]. On its own, remission was
            22.5% against 7.6% at week four [@janik-2025].
            """,
            risk="""
            Side effects led 7% to stop, against 0.9% on placebo [@popova-2019]. The label warns
            of sedation, dissociation and misuse [@janssen-2025]. These figures are not for KAP or
            for off-label ketamine.
            """,
        ),
        subheading("Suicidal thoughts"),
        text("""
        One infusion of off-label ketamine eased suicidal thoughts for up to a week in pooled
        trials [@wilkinson-2018]. In 2020 the FDA approved esketamine, with an antidepressant, for
        depression with acute suicidal thoughts. Neither medicine has been shown to prevent
        suicide, and neither replaces hospital care [@janssen-2025]. If such thoughts are with you
        now, you can reach someone today.
        """),
        crisis(),
        heading("The evidence in one honest paragraph"),
        text("""
        After a single off-label infusion, roughly one person in two was much better by the next
        day [@han-2016]. Of those given an active placebo, between one in four and one in three
        also improved [@murrough-2013a][@jelovac-2025]. Such gains tend to be lost within weeks
        [@murrough-2013b]. People can often tell what they were given, so hopes may color the
        results [@mcintyre-2021]. In 2025, a blinded trial gave repeated infusions, and ketamine
        did not clearly win [@jelovac-2025]. Adding therapy looks promising, but the KAP results
        come without a control group [@dore-2019]. Its value remains unproven [@kew-2023].
        """),
        heading("What ketamine does in the brain"),
        text("""
        Nerve cells talk to each other with chemical messengers. One of them is glutamate.
        Ketamine blocks one kind of glutamate receptor, called NMDA. Most older antidepressants
        act on other messengers, such as serotonin. How blocking NMDA could lift mood so fast is
        not settled [@fava-2020]. Be careful with anyone who explains it as a simple fact.
        """),
        heading("Other options to ask about"),
        text("""
        KAP is one choice among several. Each has its own benefits and risks. Ask which of these
        could fit you:

        - switching antidepressants, or combining them
        - adding an antipsychotic medicine
        - a course of psychotherapy
        - transcranial magnetic stimulation (TMS)
        - vagus nerve stimulation (VNS)
        - electroconvulsive therapy (ECT)
        - esketamine nasal spray

        A 2022 guideline for US veterans and service members suggests ketamine or esketamine late.
        Several medicines should have had a fair trial first [@va-dod-2022].
        """),
        heading("What to expect from KAP"),
        figure("path", caption="KAP is a course of care in steps, not a single event."),
        steps(
            "Four steps",
            [
                (
                    "Screening",
                    "Before anything else",
                    """
                    Clinicians ask about your physical and mental health, medicines and past
                    treatment. They check whether KAP may be unsuitable for you.
                    """,
                ),
                (
                    "Preparation",
                    "Before the first dose",
                    """
                    You talk about goals and risks, and give consent only if you wish. You make a
                    coping plan and arrange a ride home.
                    """,
                ),
                (
                    "Dosing session",
                    "A visit of two to three hours",
                    """
                    You receive ketamine under a prescriber's order, with a clinician present.
                    Staff check your blood pressure before, during and after. You rest until it is
                    safe to leave. Do not drive until the next day, after sleep [@janssen-2025].
                    """,
                ),
                (
                    "Integration",
                    "In the days after",
                    """
                    In therapy you talk through what came up and how to use it in daily life. You
                    also tell us about any lasting effects.
                    """,
                ),
            ],
        ),
        callout(
            "Changes of heart",
            "You can ask questions, pause or stop at any step.",
            tone="note",
        ),
        heading("What we do not know yet"),
        balance(
            benefit="""
            After KAP, given off-label, 235 people in three practices had less depression and
            anxiety on average [@dore-2019].
            """,
            risk="""
            With no control group, nobody can say how much was due to KAP. The first trial of KAP
            against ketamine alone has 70 places and runs to August 2027 [@mount-sinai-2025].
            """,
        ),
        text("""
        Other questions are open too:

        - how to make a benefit last [@kew-2023]
        - how safe repeated use is over years [@short-2018]
        - who is most likely to be helped
        """),
        call_to_action(
            "Ask us what fits you",
            """
            You do not need to have decided anything. Write to us with your questions about KAP
            and its alternatives. For urgent help, call or text 988.
            """,
            label="Contact us",
            path="/contact/",
        ),
    ],
)
