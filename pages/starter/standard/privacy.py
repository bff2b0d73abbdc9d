"""What the website knows about a visitor."""

from ..build import (
    heading,
    key_points,
    place,
    standard_page,
    text,
)

PAGE = standard_page(
    slug="privacy",
    title="Privacy",
    standfirst="What this website knows about you, what it does with it, and when it forgets.",
    search_description=(
        "How this website handles messages, cookies and logs. Encrypted messages, no analytics, no "
        "third-party scripts."
    ),
    body=[
        key_points(
            "You can read these pages without giving your name.",
            "Your message, and how to reach you, are encrypted before they are stored.",
            "There are no analytics and no scripts from other companies.",
            "A message through the form does not make you a patient of the practice.",
        ),
        heading("Who is responsible"),
        place(
            "Write the legal name and address of the practice, and the date from which this "
            "notice holds."
        ),
        place("Name the privacy contact and give the phone number, mail or postal address."),
        heading("When you read"),
        text(
            """
            Reading our articles sets no cookie. We use no analytics and no advertising tools.
            Your browser loads nothing from other companies. We do not follow you to other
            websites. When you follow a link elsewhere, we ask your browser not to name our page.

            Each answer of this website carries a random number, the request id. When something
            breaks, our log keeps that number and the place in the code. It keeps none of your
            words. We can also count how many messages wait; the count names nobody.

            The server in front of the website may keep technical logs. Such logs often hold a
            network address, a time and the page asked for.
            """
        ),
        place("Name the hosting company, say what its logs hold, and how long it keeps them."),
        heading("Cookies"),
        text(
            """
            Visitors get no cookies for reading, searching or the contact form. The staff sign-in
            sets cookies. So does a page that the practice has closed with a password.

            - `__Host-csrf` keeps other websites from sending our forms. It stays up to a year.
            - `__Host-session` keeps staff signed in, or a closed page open. It ends with the
              browser.
            - `__Host-device` is for staff only. It tells a known device from a new one, and stays
              for 400 days.
            - `__Host-messages` is for staff only. It carries a short notice from one screen to the
              next.
            - `wagtail_sidebar_collapsed` is for staff only. It remembers how wide their menu is.

            Staff are signed out after 20 minutes without work, and after 12 hours at most.
            A failed sign-in leaves its network address with us for about 15 minutes.
            """
        ),
        heading("When you write to us"),
        text(
            """
            - **Stored encrypted.** We encrypt your name, e-mail address, phone number and message
              (AES-256-GCM). Each is sealed on its own with the practice's key. What staff note
              about your message is sealed too.
            - **Found by codes.** Staff can search by name, e-mail address or phone number. For
              that we store codes that only the practice's key can make.
            - **Some facts stay readable.** Your state, the topic, the times and the status of your
              message are not encrypted. Nor are the choices you tick: how and when to reach you,
              voicemail, and an acknowledgement. They do not say who you are.
            - **Few can read it.** Only owners of the website and the intake team can open messages.
              People who write or review articles cannot. On a public website they all sign in
              with a second step.
            - **Each look is written down.** When staff open your message, the system records it
              first.
            - **Quiet notices.** The mail that tells staff about a message carries a reference and
              a link. Your name and your words are not in it.
            - **Mail to you only if you ask.** Tick the box, and we mail that your message arrived.
              That mail repeats none of it.
            - **Limits on floods.** We count messages from each network by the hour. The counts go
              after about a day. We keep a scrambled form of the address, not the address.
            - **Spam is put aside.** Staff decide about what looks like spam. We store why it
              looked so.
            - **Used to answer you.** We use your message to reply and to talk about possible care.

            If you call us, staff may write the call down here. It is sealed in the same way.

            If we reply by mail or phone, those services carry our reply. They are outside this
            website.
            """
        ),
        place("Name the mail and phone providers that staff use for replies."),
        heading("When it is removed"),
        text(
            """
            By default, spam is removed 30 days after staff mark it. Other messages are removed 365
            days after staff close them or refer the person on. A message that is still open
            stays. The practice can change these times. It can also hold a message longer, with
            a reason.

            Ask us if you want yours removed earlier. An owner of the website can erase it unless
            it is on hold.

            **Backups.** Copies hold a removed message for longer. By default a backup goes when it
            is over 30 days old. The 7 newest stay, however old they are. On a public website each
            backup is sealed once more. If we must restore one, removed messages can come back. The
            website then removes again what is due.

            **The record of work.** The website never removes its record of who did what. It holds
            the reference of your message, the times and what was done. It holds no name, address,
            number or words of yours.
            """
        ),
        place(
            "Correct the times above if they change. Say where copies of backups lie, and how long "
            "you keep them there."
        ),
        heading("If you become a patient"),
        text(
            """
            A message starts a conversation, not treatment. It does not make you a patient of the
            practice, and this website is not a patient record.
            """
        ),
        place("Say where patients find your notice of privacy practices."),
        heading("Your choices"),
        text(
            """
            You can ask what we hold from you. You can ask us to correct or delete it. Write to the
            privacy contact above or use the [contact form](/contact/). We also have a page about
            [consumer health data](/consumer-health-data/).

            Mail and web forms are not for emergencies. Please see [crisis help](/crisis-help/).
            """
        ),
    ],
)
