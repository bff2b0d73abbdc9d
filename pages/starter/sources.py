"""The sources that the starter articles and pages cite, by key."""

from pages.starter.build import Source, source

SOURCES: list[Source] = [
    source(
        key="abdallah-2022",
        authors="Abdallah CG, et al.",
        title=(
            "Dose-related effects of ketamine for antidepressant-resistant symptoms of "
            "posttraumatic stress disorder in veterans and active duty military: a double-blind, "
            "randomized, placebo-controlled multi-center clinical trial"
        ),
        publisher="Neuropsychopharmacology",
        year=2022,
        detail="47:1574-1581",
        url="https://doi.org/10.1038/s41386-022-01266-9",
    ),
    source(
        key="anand-2023",
        authors="Anand A, et al.",
        title="Ketamine versus ECT for Nonpsychotic Treatment-Resistant Major Depression",
        publisher="New England Journal of Medicine",
        year=2023,
        detail="388:2315-2325",
        url="https://doi.org/10.1056/NEJMoa2302399",
    ),
    source(
        key="crane-2023",
        authors="Crane MA, DiStefano MJ, Moore TJ",
        title=(
            "False or Misleading Claims in Online Direct-to-Consumer Ketamine Advertising in "
            "Maryland"
        ),
        publisher="JAMA Network Open",
        year=2023,
        detail="6(11):e2342210",
        url="https://doi.org/10.1001/jamanetworkopen.2023.42210",
    ),
    source(
        key="dore-2019",
        authors="Dore J, et al.",
        title=(
            "Ketamine Assisted Psychotherapy (KAP): Patient Demographics, Clinical Data and "
            "Outcomes in Three Large Practices Administering Ketamine with Psychotherapy"
        ),
        publisher="Journal of Psychoactive Drugs",
        year=2019,
        detail="51:189-198",
        url="https://doi.org/10.1080/02791072.2019.1587556",
    ),
    source(
        key="ekstrand-2022",
        authors="Ekstrand J, et al.",
        title=(
            "Racemic Ketamine as an Alternative to Electroconvulsive Therapy for Unipolar "
            "Depression: A Randomized, Open-Label, Non-Inferiority Trial (KetECT)"
        ),
        publisher="International Journal of Neuropsychopharmacology",
        year=2022,
        detail="25:339-349",
        url="https://doi.org/10.1093/ijnp/pyab088",
    ),
    source(
        key="fava-2020",
        authors="Fava M, et al.",
        title=(
            "Double-blind, placebo-controlled, dose-ranging trial of intravenous ketamine as "
            "adjunctive therapy in treatment-resistant depression (TRD)"
        ),
        publisher="Molecular Psychiatry",
        year=2020,
        detail="25:1592-1603",
        url="https://doi.org/10.1038/s41380-018-0256-5",
    ),
    source(
        key="fda-2022",
        authors="US Food and Drug Administration",
        title=(
            "FDA alerts health care professionals of potential risks associated with compounded "
            "ketamine nasal spray"
        ),
        publisher="FDA",
        year=2022,
        detail="16 February 2022",
        url="https://www.fda.gov/drugs/human-drug-compounding/"
        "fda-alerts-health-care-professionals-potential-risks-associated-compounded-ketamine-"
        "nasal-spray",
    ),
    source(
        key="fda-2023",
        authors="US Food and Drug Administration",
        title=(
            "FDA warns patients and health care providers about potential risks associated with "
            "compounded ketamine products, including oral formulations, for the treatment of "
            "psychiatric disorders"
        ),
        publisher="FDA",
        year=2023,
        detail="10 October 2023",
        url="https://www.fda.gov/drugs/human-drug-compounding/"
        "fda-warns-patients-and-health-care-providers-about-potential-risks-associated-"
        "compounded-ketamine",
    ),
    source(
        key="han-2016",
        authors="Han Y, et al.",
        title=(
            "Efficacy of ketamine in the rapid treatment of major depressive disorder: a meta- "
            "analysis of randomized, double-blind, placebo-controlled studies"
        ),
        publisher="Neuropsychiatric Disease and Treatment",
        year=2016,
        detail="12:2859-2867",
        url="https://doi.org/10.2147/NDT.S117146",
    ),
    source(
        key="janik-2025",
        authors="Janik A, et al.",
        title=(
            "Esketamine Monotherapy in Adults With Treatment-Resistant Depression: A Randomized "
            "Clinical Trial"
        ),
        publisher="JAMA Psychiatry",
        year=2025,
        detail="82:877-887",
        url="https://doi.org/10.1001/jamapsychiatry.2025.1317",
    ),
    source(
        key="janssen-2025",
        authors="Janssen Pharmaceuticals",
        title="Spravato (esketamine) nasal spray: prescribing information",
        publisher="DailyMed, US National Library of Medicine",
        year=2025,
        detail="",
        url="https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?"
        "setid=d81a6a79-a74a-44b7-822c-0dfa3036eaed",
    ),
    source(
        key="jelovac-2025",
        authors="Jelovac A, et al.",
        title=(
            "Serial Ketamine Infusions as Adjunctive Therapy to Inpatient Care for Depression: "
            "The KARMA-Dep 2 Randomized Clinical Trial"
        ),
        publisher="JAMA Psychiatry",
        year=2025,
        detail="82:1216-1224",
        url="https://doi.org/10.1001/jamapsychiatry.2025.3019",
    ),
    source(
        key="kew-2023",
        authors="Kew BM, et al.",
        title=(
            "Ketamine and psychotherapy for the treatment of psychiatric disorders: systematic "
            "review"
        ),
        publisher="BJPsych Open",
        year=2023,
        detail="",
        url="https://www.cambridge.org/core/journals/bjpsych-open/article/"
        "ketamine-and-psychotherapy-for-the-treatment-of-psychiatric-disorders-systematic-review/"
        "97614770DE6BC7846763FE19801D412D",
    ),
    source(
        key="li-2019",
        authors="Li CC, et al.",
        title=(
            "A survey for ketamine abuse and its relation to the lower urinary tract symptoms in "
            "Taiwan"
        ),
        publisher="Scientific Reports",
        year=2019,
        detail="9:7240",
        url="https://doi.org/10.1038/s41598-019-43746-x",
    ),
    source(
        key="liu-2021",
        authors="Liu X, et al.",
        title="Epidemiology of Treatment-Resistant Depression in the United States",
        publisher="Journal of Clinical Psychiatry",
        year=2021,
        detail="Published 30 November 2021",
        url="https://www.psychiatrist.com/jcp/"
        "epidemiology-of-treatment-resistant-depression-in-the-us/",
    ),
    source(
        key="mcintyre-2021",
        authors="McIntyre RS, et al.",
        title=(
            "Synthesizing the Evidence for Ketamine and Esketamine in Treatment-Resistant "
            "Depression: An International Expert Opinion on the Available Evidence and "
            "Implementation"
        ),
        publisher="American Journal of Psychiatry",
        year=2021,
        detail="178:383-399",
        url="https://doi.org/10.1176/appi.ajp.2020.20081251",
    ),
    source(
        key="mount-sinai-2025",
        authors="Icahn School of Medicine at Mount Sinai",
        title=(
            "Ketamine-Assisted Psychotherapy (KAP) Compared to Ketamine Alone for the Treatment "
            "of Depression"
        ),
        publisher="ClinicalTrials.gov",
        year=2025,
        detail="NCT06559826, trial in progress",
        url="https://clinicaltrials.gov/study/NCT06559826",
    ),
    source(
        key="murrough-2013a",
        authors="Murrough JW, et al.",
        title=(
            "Antidepressant Efficacy of Ketamine in Treatment-Resistant Major Depression: A Two- "
            "Site Randomized Controlled Trial"
        ),
        publisher="American Journal of Psychiatry",
        year=2013,
        detail="170:1134-1142",
        url="https://doi.org/10.1176/appi.ajp.2013.13030392",
    ),
    source(
        key="murrough-2013b",
        authors="Murrough JW, et al.",
        title=(
            "Rapid and Longer-Term Antidepressant Effects of Repeated Ketamine Infusions in "
            "Treatment-Resistant Major Depression"
        ),
        publisher="Biological Psychiatry",
        year=2013,
        detail="74:250-256",
        url="https://doi.org/10.1016/j.biopsych.2012.06.022",
    ),
    source(
        key="par-2020",
        authors="Par Pharmaceutical",
        title="Ketalar (ketamine hydrochloride) injection: prescribing information",
        publisher="DailyMed, US National Library of Medicine",
        year=2020,
        detail="Warnings updated August 2020",
        url="https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?"
        "setid=14e8f864-8b8a-4e7e-8439-e510d3107063",
    ),
    source(
        key="pigott-2023",
        authors="Pigott HE, et al.",
        title=(
            "What are the treatment remission, response and extent of improvement rates after up "
            "to four trials of antidepressant therapies in real-world depressed patients? A "
            "reanalysis of the STAR*D study's patient-level data with fidelity to the original "
            "research protocol"
        ),
        publisher="BMJ Open",
        year=2023,
        detail="13:e063095",
        url="https://doi.org/10.1136/bmjopen-2022-063095",
    ),
    source(
        key="popova-2019",
        authors="Popova V, et al.",
        title=(
            "Efficacy and Safety of Flexibly Dosed Esketamine Nasal Spray Combined With a Newly "
            "Initiated Oral Antidepressant in Treatment-Resistant Depression: A Randomized "
            "Double-Blind Active-Controlled Study"
        ),
        publisher="American Journal of Psychiatry",
        year=2019,
        detail="176:428-438",
        url="https://doi.org/10.1176/appi.ajp.2019.19020172",
    ),
    source(
        key="riva-posse-2018",
        authors="Riva-Posse P, et al.",
        title=(
            "Blood pressure safety of subanesthetic ketamine for depression: A report on 684 "
            "infusions"
        ),
        publisher="Journal of Affective Disorders",
        year=2018,
        detail="",
        url="https://doi.org/10.1016/j.jad.2018.02.025",
    ),
    source(
        key="rush-2006",
        authors="Rush AJ, et al.",
        title=(
            "Acute and Longer-Term Outcomes in Depressed Outpatients Requiring One or Several "
            "Treatment Steps: A STAR*D Report"
        ),
        publisher="American Journal of Psychiatry",
        year=2006,
        detail="163:1905-1917",
        url="https://doi.org/10.1176/ajp.2006.163.11.1905",
    ),
    source(
        key="sanacora-2017",
        authors="Sanacora G, et al., for the American Psychiatric Association",
        title="A Consensus Statement on the Use of Ketamine in the Treatment of Mood Disorders",
        publisher="JAMA Psychiatry",
        year=2017,
        detail="74:399-405",
        url="https://doi.org/10.1001/jamapsychiatry.2017.0080",
    ),
    source(
        key="short-2018",
        authors="Short B, et al.",
        title="Side-effects associated with ketamine use in depression: a systematic review",
        publisher="Lancet Psychiatry",
        year=2018,
        detail="5:65-78",
        url="https://doi.org/10.1016/S2215-0366(17)30272-9",
    ),
    source(
        key="va-dod-2022",
        authors="Department of Veterans Affairs and Department of Defense",
        title="VA/DoD Clinical Practice Guideline for the Management of Major Depressive Disorder",
        publisher="US Department of Veterans Affairs",
        year=2022,
        detail="",
        url="https://www.healthquality.va.gov/guidelines/MH/mdd/",
    ),
    source(
        key="vankawala-2021",
        authors="Vankawala J, et al.",
        title=(
            "Meta-Analysis: Hemodynamic Responses to Sub-anesthetic Doses of Ketamine in Patients "
            "With Psychiatric Disorders"
        ),
        publisher="Frontiers in Psychiatry",
        year=2021,
        detail="12:549080",
        url="https://doi.org/10.3389/fpsyt.2021.549080",
    ),
    source(
        key="wilkinson-2018",
        authors="Wilkinson ST, et al.",
        title=(
            "The Effect of a Single Dose of Intravenous Ketamine on Suicidal Ideation: A "
            "Systematic Review and Individual Participant Data Meta-Analysis"
        ),
        publisher="American Journal of Psychiatry",
        year=2018,
        detail="175:150-158",
        url="https://doi.org/10.1176/appi.ajp.2017.17040472",
    ),
    source(
        key="winstock-2012",
        authors="Winstock AR, et al.",
        title=(
            "The prevalence and natural history of urinary symptoms among recreational ketamine "
            "users"
        ),
        publisher="BJU International",
        year=2012,
        detail="110:1762-1766",
        url="https://doi.org/10.1111/j.1464-410X.2012.11028.x",
    ),
    source(
        key="zarate-2006",
        authors="Zarate CA Jr, et al.",
        title=(
            "A Randomized Trial of an N-methyl-D-aspartate Antagonist in Treatment-Resistant "
            "Major Depression"
        ),
        publisher="Archives of General Psychiatry",
        year=2006,
        detail="63:856-864",
        url="https://doi.org/10.1001/archpsyc.63.8.856",
    ),
    source(
        key="zhdanava-2021",
        authors="Zhdanava M, et al.",
        title=(
            "The Prevalence and National Burden of Treatment-Resistant Depression and Major "
            "Depressive Disorder in the United States"
        ),
        publisher="Journal of Clinical Psychiatry",
        year=2021,
        detail="82(2):20m13699",
        url="https://doi.org/10.4088/JCP.20m13699",
    ),
]
