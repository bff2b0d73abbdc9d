"""What each staff group may do with inquiries. Set-up makes the groups from this table."""

OWNER, EDITOR, REVIEWER, INTAKE = "Owner", "Editor", "Clinical reviewer", "Intake team"

# What answering people takes.
TRIAGE = (
    "contact.view_inquiry",
    "contact.add_inquiry",
    "contact.change_inquiry",
    "contact.view_replytemplate",
    "contact.add_replytemplate",
    "contact.change_replytemplate",
    "contact.delete_replytemplate",
)
# What one person at the practice has to answer for.
OVERSIGHT = (
    "contact.delete_inquiry",
    "contact.export_inquiry",
    "contact.view_auditentry",
    "contact.view_notice",
    "contact.change_notice",
    "contact.change_triagesettings",
)

PERMISSIONS: dict[str, tuple[str, ...]] = {
    OWNER: TRIAGE + OVERSIGHT,
    EDITOR: (),
    REVIEWER: (),
    INTAKE: TRIAGE,
}
